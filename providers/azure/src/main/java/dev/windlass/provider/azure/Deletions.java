package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Deletes machines of a group by their names, all in one request, after each has been looked at.
 * Azure lowers the size by those that it deletes. A machine that vanished in between makes Azure
 * refuse all; they are looked at once more then.
 */
final class Deletions {
  private static final int AT_A_TIME = 500;
  private static final String SCHEME = "azure://";

  private final ArmCalls calls;
  private final Supplier<Group> current;
  private final Function<Group, List<Machine>> machines;

  Deletions(ArmCalls calls, Supplier<Group> current, Function<Group, List<Machine>> machines) {
    this.calls = calls;
    this.current = current;
    this.machines = machines;
  }

  CloudOutcome<Map<InstanceId, Deletion>> delete(List<InstanceId> wanted) {
    return delete(wanted, true);
  }

  private CloudOutcome<Map<InstanceId, Deletion>> delete(List<InstanceId> wanted, boolean again) {
    Group group;
    Map<InstanceId, Deletion> results = new LinkedHashMap<>();
    List<Machine> chosen;
    try {
      group = current.get();
      chosen = choose(group, machines.apply(group), wanted, results);
    } catch (RuntimeException error) {
      return new CloudOutcome.Failed<>(ArmErrors.ofRead(error));
    }
    for (int from = 0; from < chosen.size(); from += AT_A_TIME) {
      List<Machine> part = chosen.subList(from, Math.min(chosen.size(), from + AT_A_TIME));
      try {
        String _ = Writes.delete(calls, group, part);
      } catch (RuntimeException error) {
        return settle(ArmErrors.verdict(error), group, wanted, again);
      }
    }
    return new CloudOutcome.Done<>(inOrder(wanted, results));
  }

  /** Says of each what will become of it, and answers with those to be deleted. */
  private static List<Machine> choose(
      Group group,
      List<Machine> present,
      List<InstanceId> wanted,
      Map<InstanceId, Deletion> results) {
    Map<String, Machine> byId =
        present.stream().collect(Collectors.toMap(each -> each.id().value(), each -> each));
    Map<InstanceId, Machine> deletable = new LinkedHashMap<>();
    for (InstanceId id : wanted) {
      Machine machine = byId.get(GroupId.lower(id.value()));
      if (!id.value().startsWith(SCHEME)) {
        results.put(
            id,
            new Deletion.Failed(
                new CloudFailure(CloudFailure.Cause.CONFIG, id + " is not a machine of Azure")));
      } else if (machine == null
          || !machine.id().incarnation().equals(GroupId.lower(id.incarnation()))) {
        results.put(id, new Deletion.Gone());
      } else if (machine.state() == Instance.State.DELETING) {
        results.put(id, new Deletion.AlreadyDeleting());
      } else if (machine.protectedFromScaleIn()) {
        results.put(id, new Deletion.Kept("protected from scale-in"));
      } else {
        deletable.put(id, machine);
      }
    }
    int min = group.limits().min();
    int allowed = Math.max(0, group.target() - min);
    List<Machine> chosen = new ArrayList<>();
    deletable.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(each -> {
          if (chosen.size() < allowed) {
            chosen.add(each.getValue());
            results.put(each.getKey(), new Deletion.Accepted());
          } else {
            results.put(each.getKey(), new Deletion.Kept("the group's minimum is " + min));
          }
        });
    return chosen;
  }

  private CloudOutcome<Map<InstanceId, Deletion>> settle(
      ArmErrors.Verdict verdict, Group group, List<InstanceId> wanted, boolean again) {
    return switch (verdict) {
      case ArmErrors.Verdict.Unsent unsent -> new CloudOutcome.Failed<>(unsent.failure());
      case ArmErrors.Verdict.Refused refused ->
          again && refused.answer().code().equals("InvalidParameter")
              ? delete(wanted, false)
              : Increases.refused(refused.answer(), Scopes.NOTHING_KNOWN);
      case ArmErrors.Verdict.Broken broken ->
          reread(
              group,
              wanted,
              new CloudOutcome.Failed<>(ErrorTable.failure(broken.answer(), Scopes.NOTHING_KNOWN)));
      case ArmErrors.Verdict.Open open ->
          reread(group, wanted, new CloudOutcome.Unknown<>(open.message()));
    };
  }

  /** If all of them are leaving or gone, it was done. */
  private CloudOutcome<Map<InstanceId, Deletion>> reread(
      Group group, List<InstanceId> wanted, CloudOutcome<Map<InstanceId, Deletion>> otherwise) {
    Map<InstanceId, Deletion> results = new LinkedHashMap<>();
    try {
      boolean someStay = !choose(group, machines.apply(group), wanted, results).isEmpty();
      return someStay ? otherwise : new CloudOutcome.Done<>(inOrder(wanted, results));
    } catch (RuntimeException unread) {
      return new CloudOutcome.Unknown<>(
          "no answer from Azure, and none to the question what it did: " + unread.getMessage());
    }
  }

  private static Map<InstanceId, Deletion> inOrder(
      List<InstanceId> wanted, Map<InstanceId, Deletion> results) {
    Map<InstanceId, Deletion> ordered = new LinkedHashMap<>();
    wanted.forEach(id -> ordered.put(id, results.getOrDefault(id, new Deletion.Gone())));
    return ordered;
  }
}
