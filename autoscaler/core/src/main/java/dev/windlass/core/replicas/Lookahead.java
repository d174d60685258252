package dev.windlass.core.replicas;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.HorizontalPodAutoscaler;
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
  /** What follows the scaler's name in the name of a pod to come; a number follows. */
  static final String ORDINAL = "/+";

  /** More pods than this wait for the next tick, when most of them exist. */
  private static final int MAX_PODS = 100_000;

  private final Instant now;
  private final List<Pod> coming = new ArrayList<>();
  private final Set<TargetRef> seen = new HashSet<>();

  private Lookahead(Instant now) {
    this.now = now;
  }

  /**
   * The pods that the targets' controllers will create to reach the sizes of this plan, and those
   * that the cluster's HorizontalPodAutoscalers decided on: what was just decided, and what was
   * asked for before and does not exist yet. A target whose pods or pod template are not known adds
   * none.
   *
   * @return those of HorizontalPodAutoscalers first, then in the order of the scalers' names; pods
   *     are called {@code SCALER/+1}, {@code SCALER/+2} …, or {@code hpa/NAME/+1} …
   */
  public static List<Pod> podsToCome(ReplicaPlan plan, ClusterSnapshot snapshot, Instant now) {
    SelectedPods pods = SelectedPods.of(snapshot);
    Map<TargetRef, ScaleTarget> targets = snapshot.scaling().targets();
    Lookahead lookahead = new Lookahead(now);
    for (HorizontalPodAutoscaler other : snapshot.scaling().others()) {
      ScaleTarget target = targets.get(other.target());
      if (target != null) {
        int missing = other.sizeToCome(target.specReplicas()) - living(pods.of(other));
        lookahead.add("hpa/" + other.key().name(), target, missing);
      }
    }
    for (ReplicaDecision decision : plan.decisions()) {
      ScaleTarget target = targets.get(decision.target());
      if (target != null) {
        int missing = decision.size().desired() - living(pods.of(decision.scaler()));
        lookahead.add(decision.scaler().name(), target, missing);
      }
    }
    return lookahead.coming;
  }

  private void add(String scaler, ScaleTarget target, int missing) {
    PodTemplate template = target.template();
    if (template == null || target.selector() == null || !seen.add(target.ref())) {
      return;
    }
    int bound = Math.min(missing, MAX_PODS - coming.size());
    for (int ordinal = 1; ordinal <= bound; ordinal++) {
      coming.add(pod(scaler, ordinal, target, template));
    }
  }

  private static int living(List<Pod> pods) {
    return (int) pods.stream().filter(pod -> !PodTally.isIgnored(pod)).count();
  }

  private Pod pod(String scaler, int ordinal, ScaleTarget target, PodTemplate template) {
    return new Pod(
        new ObjectKey(target.ref().key().namespace(), scaler + ORDINAL + ordinal),
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
