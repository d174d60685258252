package dev.windlass.provider.aws;

import dev.windlass.core.model.Resources;
import dev.windlass.provider.spi.Templates.Gpu;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInfo;

/**
 * What EC2 says of an instance type.
 *
 * @param cores its vCPUs
 * @param memoryMib its memory
 * @param isArm whether its architecture is arm64
 * @param maxPods how many pods get an address
 * @param gpu its GPUs
 * @param neurons how many Neuron devices it has
 */
record TypeFacts(int cores, long memoryMib, boolean isArm, int maxPods, Gpu gpu, int neurons) {
  private static final int USUAL_PODS = 110;
  private static final String NEURON = "aws.amazon.com/neuron";

  static TypeFacts of(InstanceTypeInfo type) {
    boolean isArm =
        type.processorInfo() != null
            && type.processorInfo().supportedArchitectures().contains(ArchitectureType.ARM64);
    int neurons =
        type.neuronInfo() == null
            ? 0
            : type.neuronInfo().neuronDevices().stream().mapToInt(each -> each.count()).sum();
    return new TypeFacts(
        type.vCpuInfo().defaultVCpus(),
        type.memoryInfo().sizeInMiB(),
        isArm,
        type.networkInfo() == null ? USUAL_PODS : maxPods(type.networkInfo()),
        type.gpuInfo() == null ? Gpu.NONE : gpu(type.gpuInfo().gpus()),
        neurons);
  }

  /** Pods get the addresses of the default network card's interfaces, not those of all cards. */
  private static int maxPods(NetworkInfo network) {
    int card = network.defaultNetworkCardIndex() == null ? 0 : network.defaultNetworkCardIndex();
    int interfaces =
        network.networkCards().stream()
            .filter(each -> each.networkCardIndex() == card)
            .map(each -> each.maximumNetworkInterfaces())
            .findFirst()
            .orElse(network.maximumNetworkInterfaces());
    return NodeReserves.maxPods(interfaces, network.ipv4AddressesPerInterface());
  }

  /** A machine with a part of a device advertises one GPU; so do types whose count is absent. */
  private static Gpu gpu(List<GpuDeviceInfo> devices) {
    int count = 0;
    for (GpuDeviceInfo device : devices) {
      count += device.count() == null ? 1 : Math.max(1, device.count());
    }
    if (devices.isEmpty()) {
      return Gpu.NONE;
    }
    GpuDeviceInfo first = devices.getFirst();
    long memory = first.memoryInfo() == null ? 0 : first.memoryInfo().sizeInMiB();
    return new Gpu(first.name(), count, memory);
  }

  /** What the machine has with a root volume of this size. */
  Resources capacity(int pods, long rootBytes) {
    Map<String, Long> amounts = new TreeMap<>();
    amounts.put(Resources.CPU, cores * 1000L);
    amounts.put(Resources.MEMORY, NodeReserves.capacityBytes(memoryMib, isArm));
    amounts.put(Resources.EPHEMERAL_STORAGE, rootBytes);
    amounts.put(Resources.PODS, (long) pods);
    if (gpu.count() > 0) {
      amounts.put(Resources.NVIDIA_GPU, (long) gpu.count());
    }
    if (neurons > 0) {
      amounts.put(NEURON, (long) neurons);
    }
    return Resources.of(amounts);
  }
}
