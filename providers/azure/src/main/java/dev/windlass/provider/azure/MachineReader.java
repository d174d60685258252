package dev.windlass.provider.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetVMInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Machines from Azure's documents. A document without an id or a state is no machine. */
final class MachineReader {
  private static final String EVICTED = "EvictedDeallocated";

  private MachineReader() {}

  /** A machine of a uniform set. */
  static Optional<Machine> ofUniform(
      VirtualMachineScaleSetVMInner vm, String location, String type, Purchase purchase) {
    if (vm.id() == null || vm.instanceId() == null) {
      return Optional.empty();
    }
    String size = vm.sku() == null || vm.sku().name() == null ? type : vm.sku().name();
    Condition condition =
        condition(
            vm.provisioningState(),
            vm.instanceView() == null ? null : vm.instanceView().statuses(),
            purchase);
    return Optional.of(
        new Machine(
            id(vm.id(), vm.vmId()),
            vm.instanceId(),
            vm.osProfile() == null ? "" : orEmpty(vm.osProfile().computerName()),
            new Variant(size, zone(location, vm.zones()), purchase),
            condition.state(),
            vm.timeCreated(),
            condition.error(),
            vm.protectionPolicy() != null
                && Boolean.TRUE.equals(vm.protectionPolicy().protectFromScaleIn()),
            condition.stopped()));
  }

  /** A machine of a flexible set. */
  static Optional<Machine> ofFlexible(VirtualMachineInner vm, String location, String type) {
    if (vm.id() == null || vm.name() == null) {
      return Optional.empty();
    }
    Purchase purchase =
        VirtualMachinePriorityTypes.SPOT.equals(vm.priority()) ? Purchase.SPOT : Purchase.ON_DEMAND;
    String size =
        vm.hardwareProfile() == null || vm.hardwareProfile().vmSize() == null
            ? type
            : vm.hardwareProfile().vmSize().toString();
    Condition condition =
        condition(
            vm.provisioningState(),
            vm.instanceView() == null ? null : vm.instanceView().statuses(),
            purchase);
    return Optional.of(
        new Machine(
            id(vm.id(), vm.vmId()),
            vm.name(),
            vm.osProfile() == null ? "" : orEmpty(vm.osProfile().computerName()),
            new Variant(size, zone(location, vm.zones()), purchase),
            condition.state(),
            vm.timeCreated(),
            condition.error(),
            false,
            condition.stopped()));
  }

  /** The zone as nodes are labelled with it; {@code 0} for a machine without one. */
  static String zone(String location, @Nullable List<String> zones) {
    return zones == null || zones.isEmpty() ? "0" : location + "-" + zones.getFirst();
  }

  private static InstanceId id(String armId, @Nullable String vmId) {
    String providerId = GroupId.lower("azure://" + armId);
    return new InstanceId(
        providerId, vmId == null || vmId.isEmpty() ? providerId : GroupId.lower(vmId));
  }

  private record Condition(Instance.State state, @Nullable ArmAnswer error, boolean stopped) {}

  /**
   * A machine whose provisioning failed and which runs has a broken extension and works; one that
   * does not run never came up. A spot machine that is deallocated was evicted.
   */
  private static Condition condition(
      @Nullable String provisioning,
      @Nullable List<InstanceViewStatus> statuses,
      Purchase purchase) {
    List<InstanceViewStatus> known = statuses == null ? List.of() : statuses;
    String power = power(known);
    boolean running = power.equals("running") || power.equals("starting");
    boolean stopped =
        power.equals("deallocated") || power.equals("deallocating") || power.equals("stopped");
    return switch (orEmpty(provisioning)) {
      case "Deleting" -> new Condition(Instance.State.DELETING, null, false);
      case "Failed" ->
          running
              ? new Condition(Instance.State.RUNNING, null, false)
              : new Condition(Instance.State.FAILED, error(known), false);
      case "Succeeded" ->
          stopped && purchase == Purchase.SPOT
              ? new Condition(
                  Instance.State.FAILED,
                  ArmAnswer.carried(EVICTED, "the spot machine was evicted and is deallocated"),
                  false)
              : new Condition(Instance.State.RUNNING, null, stopped);
      default ->
          new Condition(running ? Instance.State.RUNNING : Instance.State.CREATING, null, false);
    };
  }

  private static String power(List<InstanceViewStatus> statuses) {
    return statuses.stream()
        .map(status -> orEmpty(status.code()))
        .filter(code -> code.startsWith("PowerState/"))
        .map(code -> code.substring("PowerState/".length()))
        .findFirst()
        .orElse("");
  }

  /** The code behind {@code ProvisioningState/failed/}, which the plain state leaves out. */
  private static ArmAnswer error(List<InstanceViewStatus> statuses) {
    for (InstanceViewStatus status : statuses) {
      String[] parts = orEmpty(status.code()).split("/", -1);
      if (parts.length == 3 && parts[0].equals("ProvisioningState")) {
        return ArmAnswer.carried(parts[2], orEmpty(status.message()));
      }
    }
    return ArmAnswer.carried("", "provisioning failed, and Azure does not say why");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
