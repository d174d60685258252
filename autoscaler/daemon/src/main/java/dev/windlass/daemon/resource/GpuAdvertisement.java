package dev.windlass.daemon.resource;

import dev.windlass.core.model.Resources;
import dev.windlass.daemon.catalogue.InstanceType;
import dev.windlass.daemon.resource.GpuStackSpec.Mig;
import dev.windlass.daemon.resource.GpuStackSpec.MigStrategy;
import dev.windlass.daemon.resource.GpuStackSpec.Sharing;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a machine's devices will be advertised as once its GPU stack is installed, so that a group
 * can grow from nothing: each device once, as often as it is shared, or in its MIG partitions.
 */
final class GpuAdvertisement {
  /** A device has seven compute slices (an A30 four, where memory is the tighter bound). */
  private static final int COMPUTE_SLICES = 7;

  /** Profiles round memory up: 94 GB hold four of 1g.24gb. */
  private static final double ROUNDING = 0.1;

  /** NVIDIA's driver for dynamic resource allocation. */
  static final String DRIVER = "gpu.nvidia.com";

  private static final Pattern PROFILE = Pattern.compile("all-((\\d+)g\\.(\\d+)gb)");

  private GpuAdvertisement() {}

  /** Whether pods claim devices instead of asking for an extended resource. */
  static boolean isDynamic(GpuStackSpec stack) {
    return stack.devicePlugin() != null
        && stack.devicePlugin().mode() == GpuStackSpec.Mode.DynamicResources;
  }

  /**
   * The extended resource that pods ask for: whole devices, shares, or a profile's partitions; the
   * name of the driver whose devices they claim.
   */
  static String resource(GpuStackSpec stack) {
    if (isDynamic(stack)) {
      return DRIVER;
    }
    @Nullable Matcher profile = profile(stack);
    boolean mixed =
        stack.devicePlugin() != null
            && stack.devicePlugin().mig() != null
            && stack.devicePlugin().mig().strategy() == MigStrategy.Mixed;
    return mixed && profile != null ? "nvidia.com/mig-" + profile.group(1) : Resources.NVIDIA_GPU;
  }

  /** The extended resource and its amount on a machine with these devices. */
  static Resources of(GpuStackSpec stack, InstanceType.Gpu gpu) {
    long amount = gpu.count();
    if (stack.devicePlugin() != null) {
      amount *= shares(stack.devicePlugin().sharing());
    }
    @Nullable Matcher profile = profile(stack);
    if (profile != null) {
      amount *=
          partitions(
              Integer.parseInt(profile.group(2)),
              Integer.parseInt(profile.group(3)),
              gpu.memoryMib() / 1024.0);
    }
    return Resources.of(Map.of(resource(stack), amount));
  }

  /** The MIG profile, for instance {@code 1g.10gb}; null without partitions. */
  static @Nullable String migProfile(GpuStackSpec stack) {
    @Nullable Matcher profile = profile(stack);
    return profile == null ? null : profile.group(1);
  }

  /** The profile in three groups; null without partitions. */
  private static @Nullable Matcher profile(GpuStackSpec stack) {
    @Nullable Mig mig = stack.devicePlugin() == null ? null : stack.devicePlugin().mig();
    if (mig == null || mig.strategy() == null || mig.strategy() == MigStrategy.None) {
      return null;
    }
    Matcher matcher = PROFILE.matcher(mig.profile() == null ? "" : mig.profile());
    return matcher.matches() ? matcher : null;
  }

  private static int shares(@Nullable Sharing sharing) {
    if (sharing == null || sharing.replicas() == null) {
      return 1;
    }
    return switch (sharing.strategy()) {
      case null -> 1;
      case Exclusive -> 1;
      case TimeSlicing, MPS -> sharing.replicas();
    };
  }

  /** How many partitions of so many compute slices and so much memory fit on a device. */
  private static long partitions(int slices, int gib, double deviceGib) {
    long byCompute = COMPUTE_SLICES / Math.max(1, slices);
    long byMemory = (long) Math.floor(deviceGib / Math.max(1, gib) + ROUNDING);
    return Math.min(byCompute, byMemory);
  }
}
