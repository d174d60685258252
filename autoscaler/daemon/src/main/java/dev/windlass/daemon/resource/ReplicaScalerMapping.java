package dev.windlass.daemon.resource;

import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.resource.ReplicaScalerSpec.Compatibility;
import dev.windlass.daemon.resource.ReplicaScalerSpec.ObjectReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ReplicaScaler resource means; defaults are those of a HorizontalPodAutoscaler of {@code
 * autoscaling/v2}.
 */
public final class ReplicaScalerMapping {
  private static final String USUAL_API_VERSION = "apps/v1";

  private ReplicaScalerMapping() {}

  /** Reads a ReplicaScaler, the memory in its status included. */
  public static Parsed<ReplicaScaler> parse(ReplicaScalerResource resource) {
    Findings findings = new Findings();
    String name = KubernetesSyntax.name(resource.getMetadata(), findings);
    @Nullable ReplicaScalerSpec spec = resource.getSpec();
    if (spec == null) {
      findings.missing("spec", "a spec");
      return findings.bad();
    }
    String namespace = namespace(resource);
    TargetRef target = reference(spec.scaleTargetRef(), namespace, "spec.scaleTargetRef", findings);
    List<MetricSpec> metrics = MetricMapping.parse(spec.metrics(), namespace, findings);
    int min = spec.minReplicas() == null ? 1 : spec.minReplicas();
    checkBounds(min, spec, metrics, findings);
    @Nullable ScalingBehavior behavior = BehaviorMapping.parse(spec.behavior(), findings);
    ScalingExtras extras = ExtrasMapping.parse(spec, findings);
    return findings.result(() ->
        new ReplicaScaler(
            new ObjectKey(namespace, name),
            KubernetesSyntax.identity(resource.getMetadata()),
            target,
            new ReplicaScaler.Bounds(min, spec.maxReplicas()),
            metrics,
            new ReplicaScaler.Settings(
                behavior,
                spec.paused(),
                spec.compatibility() == Compatibility.STRICT,
                HistoryMapping.parse(resource.getStatus()),
                extras)));
  }

  private static String namespace(ReplicaScalerResource resource) {
    String namespace =
        resource.getMetadata() == null ? null : resource.getMetadata().getNamespace();
    return namespace == null || namespace.isEmpty() ? "default" : namespace;
  }

  static TargetRef reference(
      @Nullable ObjectReference reference, String namespace, String field, Findings findings) {
    if (reference == null || reference.kind() == null || reference.name() == null) {
      findings.missing(field, "kind and name of an object");
      return new TargetRef("", "", new ObjectKey(namespace, ""));
    }
    String apiVersion = reference.apiVersion() == null ? USUAL_API_VERSION : reference.apiVersion();
    return new TargetRef(apiVersion, reference.kind(), new ObjectKey(namespace, reference.name()));
  }

  private static void checkBounds(
      int min, ReplicaScalerSpec spec, List<MetricSpec> metrics, Findings findings) {
    findings.require(min >= 0, "spec.minReplicas", min, "0 or more");
    findings.require(
        spec.maxReplicas() >= Math.max(1, min),
        "spec.maxReplicas",
        spec.maxReplicas(),
        "at least 1 and at least spec.minReplicas, which is " + min);
    findings.require(
        min != 0 || wakes(spec, metrics),
        "spec.minReplicas",
        min,
        "1 or more, since without an Object, External, Prometheus or Schedule metric nothing could"
            + " wake it");
  }

  /** Whether something can ask for replicas while there are none. */
  private static boolean wakes(ReplicaScalerSpec spec, List<MetricSpec> metrics) {
    boolean scheduled =
        spec.metrics().stream().anyMatch(each -> each.type() == ReplicaMetric.Type.Schedule);
    return scheduled
        || metrics.stream()
            .anyMatch(each ->
                each instanceof MetricSpec.OfObject
                    || each instanceof MetricSpec.External
                    || each instanceof MetricSpec.Prometheus);
  }
}
