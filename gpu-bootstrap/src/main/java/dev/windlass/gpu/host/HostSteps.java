package dev.windlass.gpu.host;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.gpu.facts.BootstrapCause;
import dev.windlass.gpu.facts.ValidationOutcome;
import dev.windlass.gpu.host.HostPlan.Ask;
import dev.windlass.gpu.host.HostPlan.Keep;
import dev.windlass.gpu.host.HostPlan.Refuse;
import dev.windlass.gpu.host.HostTask.Work;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime.Configurer;
import dev.windlass.gpu.operand.StackSettings.Driver.Source;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of each step, in their order: the driver and then its modules, the toolkit and then the
 * runtime's configuration, and a fresh look before anything is judged. A step that an operand takes
 * asks nothing of the agent.
 */
public final class HostSteps {
  /** A configuration that changes under every write ends here. */
  private static final int MAX_TASKS = 12;

  private final Order order;
  private final HostFacts facts;

  /**
   * A step of one node.
   *
   * @param stack what the stack asks for
   * @param step the step; {@code READY} for a repair
   * @param repair which repair, or {@code NONE} for a step of the bootstrap
   * @param operation the step's operation
   */
  public record Order(StackSettings stack, GpuPhase step, GpuRepair repair, String operation) {}

  private HostSteps(Order order, HostFacts facts) {
    this.order = order;
    this.facts = facts;
  }

  /**
   * What comes next.
   *
   * @param current the task that was asked for last, of whatever operation; null for none
   * @param end how far the agent is with the task that it saw last; null for none
   */
  public static HostPlan next(
      Order order, HostFacts facts, @Nullable HostTask current, @Nullable TaskEnd end) {
    HostSteps steps = new HostSteps(order, facts);
    int number = current == null ? 0 : steps.number(current.id());
    if (current == null || number == 0) {
      return steps.first();
    }
    if (end == null || !end.id().equals(current.id())) {
      return new Keep();
    }
    if (number >= MAX_TASKS) {
      return new Refuse("RuntimeNotConfigured", "somebody else keeps changing the configuration");
    }
    return switch (end.state()) {
      case RUNNING, FAILED -> new Keep();
      case STALE -> steps.ask(number, Work.INSPECT_RUNTIME, false);
      case SUCCEEDED -> current.finishesStep() ? new Keep() : steps.after(current, number, end);
    };
  }

  /** The number of a task of this operation; zero for one of another. */
  private int number(String id) {
    String start = order.operation() + ".";
    String number = id.startsWith(start) ? id.substring(start.length()) : "";
    return number.matches("\\d{1,3}") ? Integer.parseInt(number) : 0;
  }

  private HostPlan first() {
    return switch (order.repair()) {
      case RESET -> ask(0, Work.RESET, true);
      case REBOOT -> ask(0, Work.REBOOT, false);
      case NONE, RESTART, REPLACE -> firstOfStep();
    };
  }

  private HostPlan firstOfStep() {
    return switch (order.step()) {
      case DRIVER ->
          order.stack().driver().source() == Source.HOST
              ? DriverTask.of(order, id(0), facts)
              : OperandFit.driver(order.stack(), facts);
      case RUNTIME ->
          order.stack().runtime().configurer() == Configurer.AGENT
              ? new RuntimeTasks(order.stack(), facts).first(id(0))
              : OperandFit.toolkit(facts).orElseGet(() -> ask(0, Work.FACTS, false));
      case DEVICE_PLUGIN ->
          MigBoot.mayBeNeeded(order.stack(), facts) ? ask(0, Work.MIG, false) : new Keep();
      case VALIDATING -> ask(0, Work.FACTS, false);
      case LAUNCHING, REGISTERING, READY, FAILED -> new Keep();
    };
  }

  private HostPlan after(HostTask task, int number, TaskEnd end) {
    if (order.step() == GpuPhase.DEVICE_PLUGIN || order.step() == GpuPhase.READY) {
      return aroundBoot(task.work(), number);
    }
    return switch (task.work()) {
      case DRIVER_APT, DRIVER_DNF, DRIVER_TDNF -> ask(number, Work.DRIVER_LOAD, true);
      case FACTS -> judged(new Keep());
      case TOOLKIT -> judged(ask(number, Work.INSPECT_RUNTIME, false));
      case INSPECT_RUNTIME ->
          end.configuration() == null
              ? new Keep()
              : new RuntimeTasks(order.stack(), facts).merged(id(number), end.configuration());
      case DRIVER_COS,
          DRIVER_FLATCAR,
          DRIVER_LOAD,
          WRITE_RUNTIME,
          BOTTLEROCKET,
          MIG,
          RESET,
          REBOOT ->
          new Keep();
    };
  }

  /** What the machine needs after it has booted, down to a last look. */
  private HostPlan aroundBoot(Work done, int number) {
    if (done == Work.MIG) {
      return MigBoot.isMissing(facts) ? ask(number, Work.REBOOT, false) : new Keep();
    }
    if (done == Work.FACTS) {
      return MigBoot.isMissing(facts)
          ? new Refuse(
              BootstrapCause.MIG_NOT_APPLIED.title(), "MIG is off, though the machine has booted")
          : new Keep();
    }
    List<Work> works = AfterBoot.works(order.stack(), facts);
    Work next = works.get(works.indexOf(done) + 1);
    return DriverTask.isOne(next)
        ? DriverTask.of(order, id(number), facts)
        : ask(number, next, next == Work.FACTS && order.step() == GpuPhase.READY);
  }

  private HostPlan judged(HostPlan otherwise) {
    return HostJudgement.of(order.step(), order.stack(), facts)
            instanceof ValidationOutcome.Failed failed
        ? new Refuse(failed.cause().title(), failed.message())
        : otherwise;
  }

  private HostPlan ask(int number, Work work, boolean finishesStep) {
    SortedMap<String, String> arguments = new TreeMap<>();
    if (work == Work.DRIVER_LOAD) {
      arguments.put("FABRIC", FabricNeeds.argument(facts, order.stack()));
    }
    return new Ask(new HostTask(id(number), work, arguments, null, finishesStep));
  }

  private String id(int number) {
    return order.operation() + "." + (number + 1);
  }
}
