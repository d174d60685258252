package dev.windlass.daemon.decode;

import dev.windlass.core.model.PodGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pod groups of each maker: {@code scheduling.x-k8s.io} (coscheduling) and {@code
 * scheduling.volcano.sh} say {@code spec.minMember}, {@code scheduling.k8s.io} says {@code
 * spec.schedulingPolicy.gang.minCount}.
 */
public final class PodGroupDecoder {
  private PodGroupDecoder() {}

  /**
   * The group, or what is wrong with it. One that names no number is no gang: one pod at a time.
   */
  public static Decoded<PodGroup> decode(GenericKubernetesResource written) {
    Problems problems = new Problems();
    Object spec = written.getAdditionalProperties().get("spec");
    boolean own = Fields.text(written.getApiVersion()).startsWith("scheduling.k8s.io/");
    String field = own ? "spec.schedulingPolicy.gang.minCount" : "spec.minMember";
    Object count =
        own
            ? child(child(child(spec, "schedulingPolicy"), "gang"), "minCount")
            : child(spec, "minMember");
    int minMember = 1;
    if (count instanceof Number number && number.longValue() >= 0) {
      minMember = Math.clamp(number.longValue(), 1, Integer.MAX_VALUE);
    } else if (count != null) {
      problems.add(field, count.toString(), "a whole number of pods");
    }
    return problems.unlessAny(new PodGroup(Fields.key(Fields.metadata(written)), minMember));
  }

  private static @Nullable Object child(@Nullable Object parent, String name) {
    return parent instanceof Map<?, ?> map ? map.get(name) : null;
  }
}
