package dev.windlass.daemon.resource;

import dev.windlass.core.model.Resources;
import dev.windlass.daemon.catalogue.InstanceType;
import dev.windlass.daemon.resource.GpuStackSpec.DevicePlugin;
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

  private static final Pattern PROFILE = Pattern.compile("(?:all-)?((\\d+)g\\.(\\d+)gb)");

  private GpuAdvertisement() {}

  /** The extended resource and its amount. */
  static Resources of(GpuStackSpec stack, InstanceType.Gpu gpu) {
    @Nullable DevicePlugin plugin = stack.devicePlugin();
    if (plugin == null) {
      return Resources.of(Map.of(Resources.NVIDIA_GPU, (long) gpu.count()));
    }
    String name = plugin.resource() == null ? Resources.NVIDIA_GPU : plugin.resource();
    long amount = (long) gpu.count() * shares(plugin.sharing());
    @Nullable Mig mig = plugin.mig();
    if (mig == null || mig.strategy() == null || mig.strategy() == MigStrategy.None) {
      return Resources.of(Map.of(name, amount));
    }
    Matcher profile = PROFILE.matcher(mig.profile() == null ? "" : mig.profile());
    if (!profile.matches()) {
      return Resources.of(Map.of(name, amount));
    }
    long partitions =
        partitions(
            Integer.parseInt(profile.group(2)),
            Integer.parseInt(profile.group(3)),
            gpu.memoryMib() / 1024.0);
    String advertised =
        mig.strategy() == MigStrategy.Mixed ? "nvidia.com/mig-" + profile.group(1) : name;
    return Resources.of(Map.of(advertised, amount * partitions));
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
