package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.Accelerators;
import com.google.cloud.compute.v1.MachineType;
import dev.windlass.provider.spi.Templates.Gpu;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPUs of a machine: those built into its type, or attached by its template; and how many a
 * node advertises when they are partitioned or shared.
 */
final class GpuShapes {
  private static final String PARTITION = "cloud.google.com/gke-gpu-partition-size";
  private static final String CLIENTS = "cloud.google.com/gke-max-shared-clients-per-gpu";
  private static final Pattern SLICES = Pattern.compile("(\\d)g\\..*");
  private static final int SLICES_OF_ONE = 7;

  /** GiB of one, from NVIDIA's data sheets. */
  private static final Map<String, Integer> MEMORY_GIB =
      Map.ofEntries(
          Map.entry("nvidia-p4", 8),
          Map.entry("nvidia-p100", 16),
          Map.entry("nvidia-v100", 16),
          Map.entry("nvidia-t4", 16),
          Map.entry("nvidia-l4", 24),
          Map.entry("nvidia-a100", 40),
          Map.entry("nvidia-a100-80gb", 80),
          Map.entry("nvidia-h100-80gb", 80),
          Map.entry("nvidia-h100-mega-80gb", 80),
          Map.entry("nvidia-h200-141gb", 141),
          Map.entry("nvidia-b200", 180),
          Map.entry("nvidia-rtx-pro-6000", 96));

  private GpuShapes() {}

  static Gpu of(MachineType type, InstanceTemplates.Plan plan, Map<String, String> labels) {
    String model = plan.accelerator();
    int count = plan.accelerators();
    if (type.getAcceleratorsCount() > 0) {
      Accelerators builtIn = type.getAccelerators(0);
      model = builtIn.getGuestAcceleratorType();
      count = builtIn.getGuestAcceleratorCount();
    }
    if (count == 0 || !model.startsWith("nvidia-")) {
      return Gpu.NONE;
    }
    return new Gpu(
        model, count * shares(labels), 1024L * MEMORY_GIB.getOrDefault(GpuNames.plain(model), 0));
  }

  /** How many a node advertises for each GPU. */
  private static int shares(Map<String, String> labels) {
    Matcher partition = SLICES.matcher(labels.getOrDefault(PARTITION, ""));
    int parts =
        partition.matches() && !partition.group(1).equals("0")
            ? SLICES_OF_ONE / Integer.parseInt(partition.group(1))
            : 1;
    String clients = labels.getOrDefault(CLIENTS, "");
    return Math.max(1, parts) * (clients.matches("[1-9]\\d?") ? Integer.parseInt(clients) : 1);
  }
}
