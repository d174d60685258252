package dev.windlass.provider.azure;

import dev.windlass.core.model.InstanceId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A group's machines: one list with instance views, each machine once however often it comes. */
final class MachineLister {
  private MachineLister() {}

  static List<Machine> machines(ArmCalls calls, Group group) {
    return group.flexible()
        ? read(
            calls.machines(group.resourceGroup(), armId(group)),
            vm -> MachineReader.ofFlexible(vm, group.location(), group.type()))
        : read(
            calls.instances(group.resourceGroup(), group.set().name()),
            vm -> MachineReader.ofUniform(vm, group.location(), group.type(), group.purchase()));
  }

  private static <T> List<Machine> read(
      Collection<T> documents, Function<T, Optional<Machine>> reader) {
    Map<InstanceId, Machine> machines = new LinkedHashMap<>();
    documents.stream()
        .map(reader)
        .flatMap(Optional::stream)
        .forEach(machine -> machines.put(machine.id(), machine));
    return List.copyOf(machines.values());
  }

  /** The set's id in the case that single reads give it. */
  private static String armId(Group group) {
    String[] parts = group.set().id().split("/", -1);
    if (parts.length > 4) {
      parts[4] = group.id() instanceof GroupId.ScaleSet set ? set.resourceGroup() : parts[4];
    }
    return String.join("/", parts);
  }
}
