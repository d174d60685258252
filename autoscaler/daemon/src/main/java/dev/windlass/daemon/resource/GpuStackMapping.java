package dev.windlass.daemon.resource;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.daemon.resource.GpuStackSpec.Deadlines;
import dev.windlass.gpu.operand.GpuOperands;
import dev.windlass.gpu.operand.StackSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a GpuStack resource means to the decision. */
public final class GpuStackMapping {
  private static final int USUAL_ATTEMPTS = 3;

  /** On some machines MIG begins with a boot, which takes minutes with eight GPUs. */
  private static final Duration PARTITIONING = Duration.ofMinutes(15);

  private GpuStackMapping() {}

  /** Reads a GpuStack; an absent spec is one with every default. */
  public static Parsed<GpuStack> parse(GpuStackResource resource) {
    Findings findings = new Findings();
    String name = KubernetesSyntax.name(resource.getMetadata(), findings);
    @Nullable GpuStackSpec given = resource.getSpec();
    GpuStackSpec spec = given == null ? GpuStackSpec.DEFAULT : given;
    int attempts = spec.maxAttempts() == null ? USUAL_ATTEMPTS : spec.maxAttempts();
    findings.require(
        attempts >= 1 && attempts <= 10, "spec.maxAttempts", attempts, "a number from 1 to 10");
    GpuStackSettings.read(name, spec, findings);
    Map<GpuPhase, Duration> deadlines = deadlines(spec.deadlines(), findings);
    if (GpuAdvertisement.migProfile(spec) != null) {
      deadlines.putIfAbsent(GpuPhase.DEVICE_PLUGIN, PARTITIONING);
    }
    GpuStack.Health health = health(spec.health(), findings);
    return findings.result(() ->
        new GpuStack(
            new GpuStackName(name),
            GpuAdvertisement.resource(spec),
            deadlines,
            attempts,
            health,
            upgrade(spec)));
  }

  /**
   * The objects that install and run the stack, in the order in which to apply them.
   *
   * @return problems also where no driver or no GPU is as the stack asks
   */
  public static Parsed<List<HasMetadata>> operands(GpuStackResource resource) {
    Findings findings = new Findings();
    String name = KubernetesSyntax.name(resource.getMetadata(), findings);
    @Nullable GpuStackSpec given = resource.getSpec();
    GpuStackSpec spec = given == null ? GpuStackSpec.DEFAULT : given;
    Optional<StackSettings> settings = GpuStackSettings.read(name, spec, findings);
    if (settings.isEmpty()) {
      return findings.bad();
    }
    try {
      return new Parsed.Ok<>(GpuOperands.forStack(settings.get()));
    } catch (IllegalArgumentException e) {
      findings.missing("spec", "a stack that can be built: " + e.getMessage());
      return findings.bad();
    }
  }

  private static GpuStack.Health health(GpuStackSpec.@Nullable Health health, Findings findings) {
    GpuStack.Health usual = GpuStack.Health.USUAL;
    if (health == null) {
      return usual;
    }
    @Nullable Duration quiet =
        NodeGroupMapping.positive(health.quiet(), "spec.health.quiet", findings);
    return new GpuStack.Health(
        health.repair() == null ? usual.enabled() : health.repair(),
        health.maxRepairs() == null ? usual.maxRepairs() : health.maxRepairs(),
        quiet == null ? usual.quiet() : quiet);
  }

  /** What is installed on a node is what the spec says of driver, runtime and partitions. */
  private static GpuStack.Upgrade upgrade(GpuStackSpec spec) {
    GpuStackSpec.@Nullable Upgrade upgrade = spec.upgrade();
    int surge = upgrade == null || upgrade.maxSurge() == null ? 1 : upgrade.maxSurge();
    return new GpuStack.Upgrade(GpuStackVersion.of(spec), surge);
  }

  private static Map<GpuPhase, Duration> deadlines(
      @Nullable Deadlines deadlines, Findings findings) {
    Map<GpuPhase, Duration> result = new EnumMap<>(GpuPhase.class);
    if (deadlines == null) {
      return result;
    }
    for (GpuPhase phase : GpuPhase.values()) {
      String title = phase.title();
      String field =
          "spec.deadlines." + Character.toLowerCase(title.charAt(0)) + title.substring(1);
      @Nullable Duration deadline =
          NodeGroupMapping.positive(text(deadlines, phase), field, findings);
      if (deadline != null) {
        result.put(phase, deadline);
      }
    }
    return result;
  }

  private static @Nullable String text(Deadlines deadlines, GpuPhase phase) {
    return switch (phase) {
      case LAUNCHING -> deadlines.launching();
      case REGISTERING -> deadlines.registering();
      case DRIVER -> deadlines.driver();
      case RUNTIME -> deadlines.runtime();
      case DEVICE_PLUGIN -> deadlines.devicePlugin();
      case VALIDATING -> deadlines.validating();
      case READY, FAILED -> null;
    };
  }
}
