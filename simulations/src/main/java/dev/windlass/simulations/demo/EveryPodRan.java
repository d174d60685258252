package dev.windlass.simulations.demo;

import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every pod that was created ran, but for those of a Deployment that its own controller took back
 * before they could.
 */
final class EveryPodRan implements AuditRule {
  private final Map<String, Pod> created = new HashMap<>();
  private final Set<String> ran = new HashSet<>();
  private int takenBack;

  @Override
  public synchronized void podChanged(Change<Pod> change) {
    Pod pod = change.latest();
    String uid = pod.getMetadata().getUid();
    created.put(uid, pod);
    if (!Pods.phase(pod).equals("Pending")) {
      ran.add(uid);
    }
    boolean ofReplicaSet =
        Pods.controller(pod).filter(owner -> owner.getKind().equals("ReplicaSet")).isPresent();
    if (change.after() == null && !ran.contains(uid) && ofReplicaSet) {
      created.remove(uid);
      takenBack++;
    }
  }

  @Override
  public synchronized String promise() {
    String taken = takenBack == 0 ? "" : " (" + takenBack + " taken back by their controllers)";
    return "every pod ran: " + ran.size() + " of " + created.size() + taken;
  }

  @Override
  public synchronized List<String> violations() {
    List<String> violations = new ArrayList<>();
    created.forEach((uid, pod) -> {
      if (!ran.contains(uid)) {
        violations.add("pod " + Pods.key(pod) + " never ran");
      }
    });
    if (created.isEmpty()) {
      violations.add("no pod was created");
    }
    return violations;
  }
}
