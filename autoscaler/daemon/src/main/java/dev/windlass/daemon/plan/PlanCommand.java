package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.SubCommand;
import dev.windlass.daemon.input.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code windlass plan -f …}: one decision from a dump, without a cluster. */
@Command(
    name = "plan",
    description = "Decides once from a dump (kubectl get … -o yaml) and prints the plan.",
    mixinStandardHelpOptions = true)
public final class PlanCommand implements SubCommand {
  private static final int MAX_REPEAT = 100_000;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "PATH",
      description = "A file, a folder (.yaml, .yml, .json in it, recursively) or - for input.")
  private List<String> paths = List.of();

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Values of metrics that a dump can't hold (kind: MetricValues).")
  private @Nullable String metricsFile;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "The decision's time, such as 2026-01-01T00:00:00Z (default: now).")
  private @Nullable Instant at;

  @Option(
      names = "--assume-elapsed",
      description = "Every waiting period counts as over, since a dump has no history.")
  private boolean assumeElapsed;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Decides N times on the same input and adds how long that took.")
  private int repeat;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

  @Spec private CommandSpec command;

  /** How the plan is printed. */
  enum Format {
    TABLE,
    JSON
  }

  /** Created by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public PlanCommand() {}

  @Override
  public Integer call() {
    if (repeat < 0 || repeat > MAX_REPEAT) {
      throw new ParameterException(
          command.commandLine(), "--repeat is 1 to " + MAX_REPEAT + ", not " + repeat);
    }
    Instant now = at == null ? Instant.now() : at;
    long begin = System.nanoTime();
    return switch (DumpReader.read(paths, metricsFile, System.in, now)) {
      case Dump.Outcome.Bad bad -> {
        Problem.print(bad.problems(), command.commandLine().getErr());
        yield ExitCode.BAD_INPUT;
      }
      case Dump.Outcome.Read read -> {
        print(plan(read.dump(), now, System.nanoTime() - begin));
        yield ExitCode.OK;
      }
    };
  }

  private ObjectNode plan(Dump dump, Instant now, long parseNanos) {
    Policy policy = assumeElapsed ? dump.policy().withElapsed() : dump.policy();
    Decision decision = Decider.decide(dump.snapshot(), AutoscalerState.EMPTY, policy, now);
    ObjectNode plan = PlanDocument.of(dump.snapshot(), decision, dump.unread());
    if (repeat > 0) {
      plan.set("timing", Timing.measure(dump.snapshot(), policy, now, repeat).json(parseNanos));
    }
    return plan;
  }

  private void print(ObjectNode plan) {
    switch (format) {
      case JSON -> command.commandLine().getOut().println(plan.toPrettyString());
      case TABLE -> command.commandLine().getOut().print(PlanTable.render(plan));
    }
  }
}
