package dev.windlass.daemon.resource;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.daemon.resource.GpuNodeStatus.Device;
import dev.windlass.daemon.resource.GpuNodeStatus.Facts;
import dev.windlass.daemon.resource.GpuNodeStatus.RuntimeConfiguration;
import dev.windlass.daemon.resource.GpuNodeStatus.SystemFacts;
import dev.windlass.daemon.resource.GpuNodeStatus.TaskStatus;
import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.facts.GpuFacts;
import dev.windlass.gpu.facts.LoadedDriver;
import dev.windlass.gpu.facts.PciDevices;
import dev.windlass.gpu.host.HostFacts;
import dev.windlass.gpu.host.HostPlan;
import dev.windlass.gpu.host.HostSteps;
import dev.windlass.gpu.host.HostTask;
import dev.windlass.gpu.host.TaskEnd;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.runtime.RuntimeChoice.NodeFacts;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a GpuNode and its stack mean to the conversation with the node's agent. */
public final class GpuNodeConversation {
  private GpuNodeConversation() {}

  /** What the daemon says next; nothing before the agent's first facts or to a bad stack. */
  public static HostPlan next(GpuNodeResource node, GpuStackResource stack) {
    @Nullable GpuNodeSpec spec = node.getSpec();
    GpuNodeStatus status = node.getStatus() == null ? GpuNodeStatus.EMPTY : node.getStatus();
    @Nullable Facts facts = status.facts();
    if (facts == null || facts.system() == null) {
      return new HostPlan.Keep();
    }
    if (spec == null || spec.step() == null || spec.operationId() == null) {
      return new HostPlan.Keep();
    }
    GpuPhase phase = GpuNodeMapping.phase(spec.step());
    GpuRepair repair = GpuNodeMapping.repair(spec.step()).orElse(GpuRepair.NONE);
    String operation = spec.operationId();
    return settings(stack)
        .map(settings -> new HostSteps.Order(settings, phase, repair, operation))
        .map(order -> HostSteps.next(order, facts(facts), task(spec.task()), end(status.task())))
        .orElseGet(HostPlan.Keep::new);
  }

  /** A task as it is written into the spec. */
  public static GpuNodeTask written(HostTask task) {
    return new GpuNodeTask(
        task.id(),
        task.work().title(),
        task.arguments(),
        task.content() instanceof HostTask.Content.RuntimeFile file
            ? new GpuNodeTask.File(file.path(), file.text(), file.basedOn())
            : null,
        task.content() instanceof HostTask.Content.Settings settings ? settings.json() : null,
        (int) task.work().timeout().toSeconds(),
        task.work().attempts(),
        task.finishesStep());
  }

  private static Optional<StackSettings> settings(GpuStackResource stack) {
    GpuStackSpec spec = stack.getSpec() == null ? GpuStackSpec.DEFAULT : stack.getSpec();
    return GpuStackSettings.read(stack.getMetadata().getName(), spec, new Findings());
  }

  private static @Nullable HostTask task(@Nullable GpuNodeTask task) {
    if (task == null) {
      return null;
    }
    return Stream.of(HostTask.Work.values())
        .filter(work -> work.title().equals(task.name()))
        .findFirst()
        .map(work ->
            new HostTask(
                task.id(), work, new TreeMap<>(), null, Boolean.TRUE.equals(task.finishesStep())))
        .orElse(null);
  }

  private static @Nullable TaskEnd end(@Nullable TaskStatus task) {
    if (task == null) {
      return null;
    }
    TaskEnd.State state =
        switch (task.state()) {
          case Running -> TaskEnd.State.RUNNING;
          case Succeeded -> TaskEnd.State.SUCCEEDED;
          case Stale -> TaskEnd.State.STALE;
          case Failed -> TaskEnd.State.FAILED;
        };
    @Nullable RuntimeConfiguration found = task.configuration();
    return new TaskEnd(
        task.id(),
        state,
        found == null
            ? null
            : new TaskEnd.RuntimeTexts(
                text(found.main()), text(found.effective()), found.fingerprint()));
  }

  private static HostFacts facts(Facts facts) {
    SystemFacts system =
        facts.system() == null
            ? new SystemFacts(null, null, null, null, null, null)
            : facts.system();
    List<PciId> gpus =
        Absent.toEmpty(facts.pciIds()).stream().flatMap(id -> PciId.parse(id).stream()).toList();
    int switches = facts.switches() == null ? 0 : facts.switches();
    boolean held = Boolean.TRUE.equals(facts.nouveau()) && facts.driverVersion() == null;
    Optional<DriverVersion> driver = DriverVersion.parse(text(facts.driverVersion()));
    return new HostFacts(
        text(system.id()),
        new NodeFacts(text(system.runtime()), text(system.name()), text(system.kubelet())),
        new PciDevices(gpus, switches, held),
        driver.map(version -> new LoadedDriver(version, modules(facts))).orElse(null),
        driver.flatMap(version -> devices(version, facts)).orElse(null));
  }

  private static KernelModule modules(Facts facts) {
    return "open".equals(facts.driverModules()) ? KernelModule.OPEN : KernelModule.PROPRIETARY;
  }

  private static Optional<GpuFacts> devices(DriverVersion driver, Facts facts) {
    List<GpuFacts.Device> devices =
        Absent.toEmpty(facts.devices()).stream().map(GpuNodeConversation::device).toList();
    return devices.isEmpty() ? Optional.empty() : Optional.of(new GpuFacts(driver, devices));
  }

  private static GpuFacts.Device device(Device device) {
    return new GpuFacts.Device(
        device.name(),
        device.uuid(),
        PciId.parse(text(device.pciId())).orElse(null),
        device.memoryMib() == null ? 0 : device.memoryMib(),
        new GpuFacts.State(
            Boolean.TRUE.equals(device.mig()),
            device.migDevices() == null ? 0 : device.migDevices(),
            text(device.fabric()),
            device.uncorrectableErrors() == null ? 0 : device.uncorrectableErrors()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
