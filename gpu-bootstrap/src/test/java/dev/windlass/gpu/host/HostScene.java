package dev.windlass.gpu.host;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.facts.GpuFacts;
import dev.windlass.gpu.facts.LoadedDriver;
import dev.windlass.gpu.facts.PciDevices;
import dev.windlass.gpu.host.HostPlan.Ask;
import dev.windlass.gpu.host.TaskEnd.RuntimeTexts;
import dev.windlass.gpu.host.TaskEnd.State;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime.Configurer;
import dev.windlass.gpu.operand.StackSettings.Driver;
import dev.windlass.gpu.operand.StackSettings.Mig;
import dev.windlass.gpu.operand.StackSettings.Plugin;
import dev.windlass.gpu.runtime.RuntimeChoice.NodeFacts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A node and the conversation with its agent, step by step. */
final class HostScene {
  static final String OPERATION = "gpu:one:1";
  static final PciId H100 = new PciId(0x2330);
  static final LoadedDriver LOADED = loaded("580.178.04", KernelModule.OPEN);

  private static final Map<String, String> NAMES =
      Map.of("bottlerocket", "Bottlerocket OS 1.47.0", "cos", "Container-Optimized OS from Google");

  private final StackSettings stack;
  private final GpuPhase step;
  private final GpuRepair repair;
  private HostFacts facts;
  private @Nullable HostTask current;

  private HostScene(StackSettings stack, GpuPhase step, GpuRepair repair, HostFacts facts) {
    this.stack = stack;
    this.step = step;
    this.repair = repair;
    this.facts = facts;
  }

  /** A step of a stack that leaves driver and runtime to the agent. */
  static HostScene of(GpuPhase step, String operatingSystem) {
    return new HostScene(
        stack(new DriverWish(null, null, null), Mig.NONE),
        step,
        GpuRepair.NONE,
        facts(operatingSystem, List.of(H100), null));
  }

  /** A repair of a ready node of such a stack. */
  static HostScene of(GpuRepair repair, String operatingSystem) {
    return new HostScene(
        stack(new DriverWish(null, null, null), Mig.NONE),
        GpuPhase.READY,
        repair,
        facts(operatingSystem, List.of(H100), LOADED));
  }

  static StackSettings stack(DriverWish wish, Mig mig) {
    return new StackSettings(
        new GpuStackName("host"),
        new Driver(Driver.Source.HOST, wish, Driver.USUAL_OPERATING_SYSTEM, null, true),
        new ContainerRuntime(true, "nvidia", Configurer.AGENT),
        new Plugin("nvidia.com/gpu", StackSettings.Sharing.EXCLUSIVE, mig),
        StackSettings.Validation.USUAL);
  }

  static HostFacts facts(
      String operatingSystem, List<PciId> devices, @Nullable LoadedDriver loaded) {
    return new HostFacts(
        operatingSystem,
        new NodeFacts(
            "containerd://1.7.22", NAMES.getOrDefault(operatingSystem, operatingSystem), "v1.34.1"),
        new PciDevices(devices, 0, false),
        loaded,
        null);
  }

  static LoadedDriver loaded(String version, KernelModule module) {
    return new LoadedDriver(DriverVersion.parse(version).orElseThrow(), module);
  }

  HostScene with(StackSettings other) {
    return new HostScene(other, step, repair, facts);
  }

  HostScene with(HostFacts other) {
    return new HostScene(stack, step, repair, other);
  }

  HostFacts facts() {
    return facts;
  }

  HostScene withRuntime(String runtime, String kubelet) {
    NodeFacts node = new NodeFacts(runtime, facts.node().operatingSystem(), kubelet);
    return with(
        new HostFacts(facts.operatingSystem(), node, facts.bus(), facts.loaded(), facts.devices()));
  }

  /** Devices that answer, on a bus with this many devices and switches. */
  HostScene withDevices(int onBus, int switches, GpuFacts.State... states) {
    List<GpuFacts.Device> devices =
        IntStream.range(0, states.length)
            .mapToObj(i -> new GpuFacts.Device("H100", "GPU-" + i, H100, 81_559, states[i]))
            .toList();
    PciDevices bus = new PciDevices(java.util.Collections.nCopies(onBus, H100), switches, false);
    return with(
        new HostFacts(
            facts.operatingSystem(),
            facts.node(),
            bus,
            LOADED,
            new GpuFacts(LOADED.version(), devices)));
  }

  /** What is said before the agent has done anything of this step. */
  HostPlan first() {
    return remembered(plan(null));
  }

  /** What is said when the task that was asked for has ended so. */
  HostPlan ended(State state) {
    return remembered(plan(new TaskEnd(id(), state, null)));
  }

  HostPlan ended(RuntimeTexts found) {
    return remembered(plan(new TaskEnd(id(), State.SUCCEEDED, found)));
  }

  /** The driver is in the kernel from now on. */
  HostScene loads(LoadedDriver driver) {
    facts =
        new HostFacts(facts.operatingSystem(), facts.node(), facts.bus(), driver, facts.devices());
    return this;
  }

  HostPlan plan(@Nullable TaskEnd end) {
    return HostSteps.next(new HostSteps.Order(stack, step, repair, OPERATION), facts, current, end);
  }

  private String id() {
    return current == null ? "" : current.id();
  }

  private HostPlan remembered(HostPlan plan) {
    if (plan instanceof Ask(HostTask task)) {
      current = task;
    }
    return plan;
  }

  /** A plan in few words, for tables. */
  static String words(HostPlan plan) {
    return switch (plan) {
      case HostPlan.Keep() -> "keep";
      case HostPlan.Refuse(String cause, String _) -> "refuse " + cause;
      case Ask(HostTask task) ->
          task.work().title() + (task.finishesStep() ? " finishes" : "") + " " + task.id();
    };
  }
}
