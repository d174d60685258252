package dev.windlass.core.replicas;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.ScaleTarget.PodTemplate;
import dev.windlass.core.model.TargetRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pods that are about to exist, so that nodes are ordered before they do. */
public final class Lookahead {
  /** More pods than this wait for the next tick, when most of them exist. */
  private static final int MAX_PODS = 100_000;

  private Lookahead() {}

  /**
   * The pods that the targets' controllers will create to reach the sizes of this plan: those that
   * were just decided and those that were asked for before and do not exist yet. A target whose
   * pods or pod template are not known adds none.
   *
   * @return in the order of the scalers' names; pods are called {@code SCALER/+1}, {@code
   *     SCALER/+2} …
   */
  public static List<Pod> podsToCome(ReplicaPlan plan, ClusterSnapshot snapshot, Instant now) {
    SelectedPods pods = SelectedPods.of(snapshot);
    List<Pod> coming = new ArrayList<>();
    Set<TargetRef> seen = new HashSet<>();
    for (ReplicaDecision decision : plan.decisions()) {
      ScaleTarget target = snapshot.scaling().targets().get(decision.target());
      PodTemplate template = target == null ? null : target.template();
      if (target == null
          || template == null
          || target.selector() == null
          || !seen.add(target.ref())) {
        continue;
      }
      int missing = decision.size().desired() - living(pods.of(decision.scaler()));
      int bound = Math.min(missing, MAX_PODS - coming.size());
      for (int ordinal = 1; ordinal <= bound; ordinal++) {
        coming.add(pod(decision.scaler(), ordinal, target, template, now));
      }
    }
    return coming;
  }

  private static int living(List<Pod> pods) {
    return (int) pods.stream().filter(pod -> !PodTally.isIgnored(pod)).count();
  }

  private static Pod pod(
      ObjectKey scaler, int ordinal, ScaleTarget target, PodTemplate template, Instant now) {
    return new Pod(
        new ObjectKey(scaler.namespace(), scaler.name() + "/+" + ordinal),
        new PodMetadata(Identity.NONE, template.labels(), Map.of(), owner(target), now, null),
        template.spec(),
        PodStatus.NEW,
        new Pod.Placement(
            null,
            null,
            gang(template.labels()),
            template.schedulerName(),
            null,
            template.preferences()),
        Pod.Lifecycle.USUAL);
  }

  private static OwnerReference owner(ScaleTarget target) {
    String apiVersion = target.ref().apiVersion();
    int slash = apiVersion.indexOf('/');
    return new OwnerReference(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        target.ref().kind(),
        target.ref().key().name(),
        target.identity().uid());
  }

  private static @Nullable String gang(Map<String, String> labels) {
    return labels.get(Keys.POD_GROUP);
  }
}
