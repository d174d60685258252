package dev.windlass.daemon.resource;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Resources;
import dev.windlass.daemon.resource.GpuStackSpec.Deadlines;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a GpuStack resource means to the decision. */
public final class GpuStackMapping {
  private static final int USUAL_ATTEMPTS = 3;

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
    checkDriver(spec.driver(), findings);
    checkSharing(spec.devicePlugin(), findings);
    Map<GpuPhase, Duration> deadlines = deadlines(spec.deadlines(), findings);
    return findings.result(
        () -> new GpuStack(new GpuStackName(name), resourceName(spec), deadlines, attempts));
  }

  private static String resourceName(GpuStackSpec spec) {
    GpuStackSpec.@Nullable DevicePlugin plugin = spec.devicePlugin();
    return plugin == null || plugin.resource() == null ? Resources.NVIDIA_GPU : plugin.resource();
  }

  private static void checkDriver(GpuStackSpec.@Nullable Driver driver, Findings findings) {
    if (driver == null || driver.branch() == null || driver.version() == null) {
      return;
    }
    findings.require(
        driver.version().startsWith(driver.branch() + "."),
        "spec.driver.version",
        driver.version(),
        "a version of spec.driver.branch, which is " + driver.branch());
  }

  private static void checkSharing(GpuStackSpec.@Nullable DevicePlugin plugin, Findings findings) {
    if (plugin == null) {
      return;
    }
    GpuStackSpec.@Nullable Sharing sharing = plugin.sharing();
    if (sharing != null && shares(sharing) && !isTwoOrMore(sharing.replicas())) {
      findings.add(
          "spec.devicePlugin.sharing.replicas",
          sharing.replicas(),
          "at least 2 with " + sharing.strategy());
    }
    GpuStackSpec.@Nullable Mig mig = plugin.mig();
    if (mig != null && partitions(mig) && mig.profile() == null) {
      findings.missing("spec.devicePlugin.mig.profile", "a profile such as all-1g.10gb");
    }
  }

  private static boolean shares(GpuStackSpec.Sharing sharing) {
    return sharing.strategy() != null
        && sharing.strategy() != GpuStackSpec.SharingStrategy.Exclusive;
  }

  private static boolean partitions(GpuStackSpec.Mig mig) {
    return mig.strategy() != null && mig.strategy() != GpuStackSpec.MigStrategy.None;
  }

  private static boolean isTwoOrMore(@Nullable Integer number) {
    return number != null && number >= 2;
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
