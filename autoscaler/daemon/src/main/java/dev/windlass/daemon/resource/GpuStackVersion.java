package dev.windlass.daemon.resource;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A short name for what a GpuStack installs on a node that only another node can change: driver,
 * runtime, partitions. How devices are shared is changed in place.
 */
final class GpuStackVersion {
  private GpuStackVersion() {}

  /** Equal for specs that install the same; eight hexadecimal digits. */
  static String of(GpuStackSpec spec) {
    GpuStackSpec.@Nullable Mig mig = spec.devicePlugin() == null ? null : spec.devicePlugin().mig();
    GpuStackSpec.@Nullable Mode mode =
        spec.devicePlugin() == null ? null : spec.devicePlugin().mode();
    GpuStackSpec.@Nullable DevicePlugin partitions =
        mig == null && mode == null ? null : new GpuStackSpec.DevicePlugin(null, mig, mode);
    GpuStackSpec installed =
        new GpuStackSpec(
            spec.driver(), spec.runtime(), partitions, null, null, null, null, null, null);
    CRC32C sum = new CRC32C();
    sum.update(JsonMapper.shared().writeValueAsString(installed).getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }
}
