package dev.windlass.simulations.arena;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When each pod of the workload arrived and ran, and where, as a watch of its own sees it. */
final class Diary implements ResourceEventHandler<Pod>, AutoCloseable {
  private final InstantSource clock;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Pod> informer;

  /**
   * A pod.
   *
   * @param arrived when it was seen first
   * @param running when it was seen running first, or null
   * @param node where it runs, or empty
   */
  record Entry(Instant arrived, @Nullable Instant running, String node) {}

  Diary(KubernetesClient client, InstantSource clock) {
    this.clock = clock;
    informer = client.pods().inNamespace(ArenaPods.NAMESPACE).inform(this);
  }

  @Override
  public void onAdd(Pod pod) {
    note(pod);
  }

  @Override
  public void onUpdate(Pod before, Pod after) {
    note(after);
  }

  @Override
  public void onDelete(Pod pod, boolean stateUnknown) {
    note(pod);
  }

  private void note(Pod pod) {
    Instant now = clock.instant();
    entries.compute(
        pod.getMetadata().getUid(),
        (_, known) -> {
          Entry entry = known == null ? new Entry(now, null, "") : known;
          return entry.running() == null && runs(pod)
              ? new Entry(entry.arrived(), now, pod.getSpec().getNodeName())
              : entry;
        });
  }

  private static boolean runs(Pod pod) {
    return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
  }

  /** The pods that are there. */
  List<Pod> present() {
    return informer.getStore().list();
  }

  /** Whether this many pods are there, and all of them run. */
  boolean allRun(int expected) {
    List<Pod> pods = present();
    return pods.size() >= expected && pods.stream().allMatch(Diary::runs);
  }

  /** All pods that arrived until a moment. */
  List<Entry> entries(Instant until) {
    return entries.values().stream().filter(entry -> !entry.arrived().isAfter(until)).toList();
  }

  /** Every node on which a pod of the workload ran. */
  Set<String> usedNodes() {
    return entries.values().stream()
        .map(Entry::node)
        .filter(node -> !node.isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    informer.close();
  }
}
