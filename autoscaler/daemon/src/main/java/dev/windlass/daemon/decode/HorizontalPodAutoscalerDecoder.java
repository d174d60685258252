package dev.windlass.daemon.decode;

import dev.windlass.core.model.HorizontalPodAutoscaler;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.TargetRef;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import java.util.Optional;

/** A HorizontalPodAutoscaler as far as others must know of it: its target and its decision. */
public final class HorizontalPodAutoscalerDecoder {
  private HorizontalPodAutoscalerDecoder() {}

  /** Its meaning; empty while it names no target. */
  public static Optional<HorizontalPodAutoscaler> decode(
      io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler written) {
    CrossVersionObjectReference target =
        written.getSpec() == null ? null : written.getSpec().getScaleTargetRef();
    if (target == null || target.getKind() == null || target.getName() == null) {
      return Optional.empty();
    }
    ObjectKey key = Fields.key(Fields.metadata(written));
    String apiVersion = target.getApiVersion() == null ? "apps/v1" : target.getApiVersion();
    HorizontalPodAutoscalerStatus status =
        written.getStatus() == null ? new HorizontalPodAutoscalerStatus() : written.getStatus();
    return Optional.of(
        new HorizontalPodAutoscaler(
            key,
            new TargetRef(
                apiVersion, target.getKind(), new ObjectKey(key.namespace(), target.getName())),
            Fields.number(status.getCurrentReplicas(), 0),
            Fields.number(status.getDesiredReplicas(), 0)));
  }
}
