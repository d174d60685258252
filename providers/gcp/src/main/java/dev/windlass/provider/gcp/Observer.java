package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Reads groups: one list for all groups of a project, one list of machines for each group that
 * shows a change or was not read for a while, and what only the machines themselves say of those
 * that are new.
 */
final class Observer {
  private final ComputeCalls calls;
  private final QueueCalls queue;
  private final MachineFacts facts;
  private final GroupReader reader;
  private final GcpSettings settings;
  private final InstantSource clock;
  private final AtomicLong generation = new AtomicLong();
  private final Map<ManagerId, GroupMemory> memories = new ConcurrentHashMap<>();

  Observer(
      ComputeCalls calls,
      QueueCalls queue,
      InstanceTemplates templates,
      NodePools pools,
      GcpSettings settings,
      InstantSource clock) {
    this.calls = calls;
    this.queue = queue;
    this.facts = new MachineFacts(calls);
    this.reader = new GroupReader(facts, new LikelyVariants(templates), pools);
    this.settings = settings;
    this.clock = clock;
  }

  /** What is remembered of a group; changes of it hold its lock. */
  GroupMemory memory(ManagerId id) {
    return memories.computeIfAbsent(id, _ -> new GroupMemory());
  }

  Observation observe(List<GroupReference> groups) {
    Instant now = clock.instant();
    Map<NodeGroupName, CloudOutcome<GroupView>> seen = new ConcurrentHashMap<>();
    Map<GroupReference, ManagerId> ids = new LinkedHashMap<>();
    for (GroupReference group : groups) {
      guarded(group, seen, () -> ids.put(group, ManagerId.of(group, settings)));
    }
    Map<String, Project> projects = projects(ids.values());
    Map<GroupReference, GroupReader.Reading> readings = new ConcurrentHashMap<>();
    Runnable lists =
        () ->
            Parallel.each(
                ids.entrySet(),
                it ->
                    guarded(
                        it.getKey(),
                        seen,
                        () ->
                            readings.put(
                                it.getKey(), read(it.getKey(), it.getValue(), projects, now))));
    Parallel.each(List.of(lists, () -> learnAll(ids.values(), projects)), Runnable::run);
    learn(readings.values());
    readings.forEach((group, reading) ->
        guarded(
            group,
            seen,
            () -> {
              GroupMemory memory = memory(reading.id());
              synchronized (memory) {
                seen.put(group.name(), reader.view(reading, memory, now));
              }
            }));
    return new Observation(generation.incrementAndGet(), now, seen);
  }

  /** The groups of a project, or why they could not be read. */
  private record Project(ComputeCalls.Found found, Optional<CallFailedException> failure) {}

  private Map<String, Project> projects(Collection<ManagerId> ids) {
    Map<String, Project> projects = new ConcurrentHashMap<>();
    Parallel.each(
        ids.stream().map(ManagerId::project).collect(Collectors.toSet()),
        name -> projects.put(name, project(name)));
    return projects;
  }

  private Project project(String name) {
    try {
      return new Project(calls.managers(name), Optional.empty());
    } catch (CallFailedException failed) {
      return new Project(new ComputeCalls.Found(Map.of(), Set.of()), Optional.of(failed));
    }
  }

  private GroupReader.Reading read(
      GroupReference group, ManagerId id, Map<String, Project> projects, Instant now) {
    InstanceGroupManager manager = manager(id, projects);
    GroupMemory memory = memory(id);
    List<InstanceGroupManagerResizeRequest> requests =
        group.queuedRun() == null ? List.of() : queue.list(id);
    synchronized (memory) {
      List<ManagedInstance> machines = memory.fresh(manager, now, settings.relist());
      if (machines == null) {
        machines = calls.machines(id);
        requirePlausible(id, manager, machines);
        memory.remember(manager, machines, now);
      }
      return new GroupReader.Reading(group, id, manager, machines, requests);
    }
  }

  /** A group that its project's list lacks is asked for by itself before it is taken for gone. */
  private InstanceGroupManager manager(ManagerId id, Map<String, Project> projects) {
    Project project = projects.get(id.project());
    if (project == null) {
      throw new IllegalStateException("project " + id.project() + " was not read");
    }
    if (project.failure().isPresent()) {
      throw project.failure().get();
    }
    if (project.found().unread().contains(id.location())) {
      throw CallFailedException.refused(
          Cause.TRANSIENT, "Compute Engine does not reach " + id.location() + " now");
    }
    InstanceGroupManager listed = project.found().byId().get(id);
    return listed == null ? calls.manager(id) : listed;
  }

  /** A list without machines of a group that counts some is a list that failed. */
  private static void requirePlausible(
      ManagerId id, InstanceGroupManager manager, List<ManagedInstance> machines) {
    int counted = manager.getCurrentActions().getNone();
    if (machines.isEmpty() && counted > 0) {
      throw CallFailedException.refused(
          Cause.TRANSIENT,
          "the list of machines of " + id.name() + " is empty, but the group counts " + counted);
    }
  }

  /** At a start with many machines, their zones are read beside their groups. */
  private void learnAll(Collection<ManagerId> ids, Map<String, Project> projects) {
    Set<MachineId> zones = new HashSet<>();
    int machines = 0;
    for (ManagerId id : ids) {
      Project project = projects.get(id.project());
      InstanceGroupManager manager = project == null ? null : project.found().byId().get(id);
      if (manager != null) {
        machines += manager.getTargetSize();
        VariantReader.zones(id, manager)
            .forEach(zone -> zones.add(new MachineId(id.project(), zone, "")));
      }
    }
    if (machines > Page.SIZE && facts.isEmpty()) {
      facts.learnZones(zones);
    }
  }

  private void learn(Collection<GroupReader.Reading> readings) {
    List<MachineFacts.Machine> machines =
        readings.stream()
            .flatMap(reading ->
                reading.machines().stream()
                    .filter(it -> it.getId() != 0)
                    .filter(it -> !Location.after(it.getInstance(), "zones").isEmpty())
                    .map(it ->
                        new MachineFacts.Machine(GroupReader.place(reading.id(), it), it.getId())))
            .toList();
    facts.learn(machines);
    facts.bound();
  }

  private static void guarded(
      GroupReference group, Map<NodeGroupName, CloudOutcome<GroupView>> seen, Runnable work) {
    try {
      work.run();
    } catch (CallFailedException failed) {
      seen.put(group.name(), failed.ofRead());
    } catch (RuntimeException broken) {
      seen.put(
          group.name(),
          new CloudOutcome.Failed<>(
              new CloudFailure(
                  Cause.UNKNOWN, "cannot read group " + group.cloudId() + ": " + broken)));
    }
  }
}
