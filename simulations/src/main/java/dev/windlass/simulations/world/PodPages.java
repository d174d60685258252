package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The metrics pages of pods that have a container port named {@code metrics}, each at the pod's own
 * address, one of the loopback network.
 */
public final class PodPages implements Actor, AutoCloseable {
  private static final String PORT_NAME = "metrics";
  private static final String NETWORK = "127.77.0.";
  private static final int ADDRESSES = 32;

  private final LoadModel load;
  private final InstantSource clock;
  private final Map<String, TextPage> pages = new HashMap<>();
  private final Map<String, String> taken = new HashMap<>();

  PodPages(LoadModel load, InstantSource clock) {
    this.load = load;
    this.clock = clock;
  }

  /** Every address that a pod may get. */
  public static List<String> addresses() {
    return IntStream.rangeClosed(1, ADDRESSES).mapToObj(last -> NETWORK + last).toList();
  }

  /**
   * Whether this machine has the addresses; all of the loopback network is bound on Linux alone.
   */
  public static boolean possible() {
    try (TextPage page =
        new TextPage(new InetSocketAddress(InetAddress.ofLiteral(NETWORK + 1), 0), () -> "")) {
      return page.uri().getPort() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  /** The address of a pod, if it serves a page and one is free; it keeps it to its end. */
  Optional<String> address(Pod pod) {
    if (port(pod).isEmpty()) {
      return Optional.empty();
    }
    String uid = pod.getMetadata().getUid();
    if (!taken.containsKey(uid)) {
      addresses().stream()
          .filter(address -> !taken.containsValue(address))
          .findFirst()
          .ifPresent(address -> taken.put(uid, address));
    }
    return Optional.ofNullable(taken.get(uid));
  }

  @Override
  public void step(ClusterCache cluster, Instant now) {
    Set<String> present = new HashSet<>();
    Set<String> serving = new HashSet<>();
    for (Pod pod : cluster.pods()) {
      present.add(pod.getMetadata().getUid());
      Optional<Integer> port = port(pod);
      if (port.isPresent() && Pods.isReady(pod) && !Pods.isEnding(pod)) {
        String uid = pod.getMetadata().getUid();
        serving.add(uid);
        if (!pages.containsKey(uid)) {
          open(pod, port.get()).ifPresent(page -> pages.put(uid, page));
        }
      }
    }
    pages
        .entrySet()
        .removeIf(each -> {
          boolean over = !serving.contains(each.getKey());
          if (over) {
            each.getValue().close();
          }
          return over;
        });
    taken.keySet().retainAll(present);
  }

  @Override
  public void close() {
    pages.values().forEach(TextPage::close);
    pages.clear();
  }

  /** Empty where the address can't be bound: it is tried again in the next step. */
  private Optional<TextPage> open(Pod pod, int port) {
    Optional<String> address = address(pod);
    try {
      return address.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new TextPage(
                  new InetSocketAddress(InetAddress.ofLiteral(address.get()), port),
                  () -> page(pod)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private String page(Pod pod) {
    StringBuilder page = new StringBuilder();
    load.metricsOf(pod, clock.instant())
        .forEach((name, value) -> page.append(name).append(' ').append(value).append('\n'));
    return page.toString();
  }

  private static Optional<Integer> port(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> PORT_NAME.equals(port.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst();
  }
}
