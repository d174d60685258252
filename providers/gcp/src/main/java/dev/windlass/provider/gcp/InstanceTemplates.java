package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.AcceleratorConfig;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Items;
import dev.windlass.core.model.Purchase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Instance templates, each read once: they never change. */
final class InstanceTemplates {
  private static final int MAX_KEPT = 5_000;

  private final ComputeCalls calls;
  private final Map<String, Plan> known = new ConcurrentHashMap<>();

  InstanceTemplates(ComputeCalls calls) {
    this.calls = calls;
  }

  /**
   * What a template makes.
   *
   * @param machineType without what is attached
   * @param type with the GPUs that are attached
   * @param purchase how it is paid for
   * @param accelerator the type of the attached GPUs, or empty
   * @param accelerators how many
   * @param labels resource labels
   * @param kubeEnv what the node's kubelet is started with; empty if the template has none
   * @param bootDiskGib the size of the boot disk; zero if it is not told
   */
  record Plan(
      String machineType,
      String type,
      Purchase purchase,
      String accelerator,
      int accelerators,
      Map<String, String> labels,
      String kubeEnv,
      long bootDiskGib) {
    Plan {
      labels = Map.copyOf(labels);
    }
  }

  Plan of(String link) {
    Plan plan = known.get(link);
    if (plan == null) {
      plan = plan(calls.template(link));
      if (known.size() >= MAX_KEPT) {
        known.clear();
      }
      known.put(link, plan);
    }
    return plan;
  }

  private static Plan plan(InstanceTemplate template) {
    InstanceProperties properties = template.getProperties();
    String machineType = Location.last(properties.getMachineType());
    AcceleratorConfig attached =
        properties.getGuestAcceleratorsCount() == 0
            ? AcceleratorConfig.getDefaultInstance()
            : properties.getGuestAccelerators(0);
    String accelerator = Location.last(attached.getAcceleratorType());
    boolean builtIn = GpuNames.ofType(machineType).isPresent();
    return new Plan(
        machineType,
        builtIn
            ? machineType
            : GpuNames.withAttached(machineType, accelerator, attached.getAcceleratorCount()),
        MachineFacts.isSpot(properties.getScheduling()) ? Purchase.SPOT : Purchase.ON_DEMAND,
        accelerator,
        attached.getAcceleratorCount(),
        properties.getLabelsMap(),
        kubeEnv(properties),
        properties.getDisksList().stream()
            .filter(it -> it.getBoot())
            .mapToLong(it -> Math.max(it.getDiskSizeGb(), it.getInitializeParams().getDiskSizeGb()))
            .findFirst()
            .orElse(0));
  }

  private static String kubeEnv(InstanceProperties properties) {
    return properties.getMetadata().getItemsList().stream()
        .filter(it -> it.getKey().equals("kube-env"))
        .map(Items::getValue)
        .findFirst()
        .orElse("");
  }
}
