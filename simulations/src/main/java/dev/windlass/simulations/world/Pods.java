package dev.windlass.simulations.world;

import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Questions about Pod objects. */
public final class Pods {
  private Pods() {}

  /** The node that the pod is bound to, or empty text. */
  public static String node(Pod pod) {
    String node = pod.getSpec().getNodeName();
    return node == null ? "" : node;
  }

  /** Whether it has ended. */
  public static boolean isTerminal(Pod pod) {
    return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
  }

  /** Whether it is being deleted. */
  public static boolean isEnding(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Its phase, {@code Pending} while nobody has said. */
  public static String phase(Pod pod) {
    if (pod.getStatus() == null || pod.getStatus().getPhase() == null) {
      return "Pending";
    }
    return pod.getStatus().getPhase();
  }

  /** Whether its Ready condition is True. */
  public static boolean isReady(Pod pod) {
    return condition(pod, "Ready").filter(it -> "True".equals(it.getStatus())).isPresent();
  }

  static Optional<PodCondition> condition(Pod pod, String type) {
    List<PodCondition> conditions =
        pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    return conditions.stream().filter(condition -> type.equals(condition.getType())).findFirst();
  }

  /** Its controlling owner. */
  public static Optional<OwnerReference> controller(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }

  static boolean ownedBy(HasMetadata object, HasMetadata owner) {
    return controller(object)
        .filter(reference -> reference.getUid().equals(owner.getMetadata().getUid()))
        .isPresent();
  }

  /** Whether a DaemonSet made it. */
  public static boolean isDaemon(Pod pod) {
    return controller(pod).filter(owner -> owner.getKind().equals("DaemonSet")).isPresent();
  }

  /** Its namespace and name. */
  public static String key(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  /** What it asks for, and its place among the pods of a node. */
  static Resources requests(Pod pod) {
    Resources running = Resources.NONE;
    for (Container container : pod.getSpec().getContainers()) {
      running = running.plus(requests(container));
    }
    for (Container container : pod.getSpec().getInitContainers()) {
      running = running.max(requests(container));
    }
    return running.with(Resources.PODS, 1);
  }

  private static Resources requests(Container container) {
    if (container.getResources() == null || container.getResources().getRequests() == null) {
      return Resources.NONE;
    }
    return amounts(container.getResources().getRequests());
  }

  /** Quantities as amounts: cpu in thousandths, everything else in units, rounded up. */
  static Resources amounts(Map<String, Quantity> quantities) {
    TreeMap<String, Long> amounts = new TreeMap<>();
    quantities.forEach((name, quantity) -> {
      BigDecimal amount = quantity.getNumericalAmount();
      BigDecimal scaled = name.equals(Resources.CPU) ? amount.movePointRight(3) : amount;
      amounts.put(name, scaled.setScale(0, RoundingMode.CEILING).longValueExact());
    });
    return Resources.of(amounts);
  }
}
