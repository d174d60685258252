package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One group as a view: its machines, the failures that are new, what a person should know. */
final class GroupReading {
  private final SkuCatalogue catalogue;

  GroupReading(SkuCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Reads a group.
   *
   * @param reading the number of this reading
   * @param due whether its machines are listed even if they seem unchanged
   */
  GroupView read(
      GroupReference reference, Source source, GroupMemory memory, long reading, boolean due) {
    Group group = source.finder().listed(GroupId.of(reference.cloudId()));
    if (due || !memory.holds(group)) {
      memory.remember(group, MachineLister.machines(source.calls(), group), reading);
    }
    return view(reference, group, memory, source);
  }

  /**
   * What a reading reads from.
   *
   * @param at when it began
   */
  record Source(ArmCalls calls, GroupFinder finder, Instant at) {}

  private GroupView view(GroupReference reference, Group group, GroupMemory memory, Source source) {
    List<Instance> instances = new ArrayList<>();
    List<GroupFailure> failures = new ArrayList<>();
    List<GroupView.Remark> remarks = new ArrayList<>(group.remarks());
    for (Machine machine : memory.machines()) {
      CloudFailure error = failure(machine, source.calls().region());
      Instant created =
          machine.createdAt() == null
              ? memory.firstSeen(machine, source.at())
              : machine.createdAt().toInstant();
      instances.add(
          new Instance(
              machine.id(), reference.name(), machine.variant(), machine.state(), created, error));
      if (error != null && memory.reports(machine)) {
        failures.add(new GroupFailure(reference.name(), error, source.at()));
      }
      if (machine.stopped()) {
        remarks.add(
            new GroupView.Remark(
                GroupView.Remark.Kind.CONFIGURATION, "somebody stopped machine " + machine.name()));
      }
    }
    return new GroupView(group.target(), group.limits(), instances, failures, remarks);
  }

  private @Nullable CloudFailure failure(Machine machine, String region) {
    ArmAnswer error = machine.error();
    if (error == null) {
      return null;
    }
    String type = machine.variant().instanceType();
    return ErrorTable.failure(
        error,
        new Scopes(
            Map.of(type, catalogue.family(region, type)),
            Set.of(machine.variant().zone()),
            machine.variant().purchase()));
  }
}
