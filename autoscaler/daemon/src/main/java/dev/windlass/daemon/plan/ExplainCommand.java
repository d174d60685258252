package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.SubCommand;
import dev.windlass.daemon.input.Problem;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code windlass explain pod NS/NAME}: why, from a dump or from a running daemon. */
@Command(
    name = "explain",
    description = "Says why the last decision left a pod, node or scaler as it did.",
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements SubCommand {
  @Parameters(index = "0", paramLabel = "KIND", description = "pod, node or scaler.")
  private String kind = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "NAMESPACE/NAME; a node's NAME.")
  private String name = "";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "PATH",
      description = "Decide from a dump instead: a file, a folder or - for input.")
  private List<String> paths = List.of();

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "With -f: values of metrics that a dump can't hold.")
  private @Nullable String metricsFile;

  @Option(names = "--at", paramLabel = "TIME", description = "With -f: the decision's time.")
  private @Nullable Instant at;

  @Option(names = "--assume-elapsed", description = "With -f: every waiting period counts as over.")
  private boolean assumeElapsed;

  @Option(
      names = "--address",
      paramLabel = "URI",
      description = "The daemon to ask (default: ${DEFAULT-VALUE}).")
  private URI address = URI.create("http://127.0.0.1:9464");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Spec private CommandSpec command;

  /** How the explanation is printed. */
  enum Format {
    TEXT,
    JSON
  }

  /** Created by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public ExplainCommand() {}

  @Override
  public Integer call() {
    Explanation.Subject subject =
        Explanation.Subject.parse(kind, name)
            .orElseThrow(() ->
                new ParameterException(
                    command.commandLine(), "KIND is pod, node or scaler, not " + kind));
    return paths.isEmpty() ? fromDaemon(subject) : fromDump(subject);
  }

  private int fromDump(Explanation.Subject subject) {
    Instant now = at == null ? Instant.now() : at;
    return switch (DumpReader.read(paths, metricsFile, System.in, now)) {
      case Dump.Outcome.Bad bad -> {
        Problem.print(bad.problems(), command.commandLine().getErr());
        yield ExitCode.BAD_INPUT;
      }
      case Dump.Outcome.Read read -> {
        Dump dump = read.dump();
        Policy policy = assumeElapsed ? dump.policy().withElapsed() : dump.policy();
        Decision decision = Decider.decide(dump.snapshot(), AutoscalerState.EMPTY, policy, now);
        yield print(Explainer.explain(subject, dump.snapshot(), decision).json());
      }
    };
  }

  private int fromDaemon(Explanation.Subject subject) {
    return switch (new DaemonQuestion(address).ask(subject)) {
      case DaemonQuestion.Answer.Explained explained -> print(explained.explanation());
      case DaemonQuestion.Answer.None none -> {
        command.commandLine().getErr().println(none.why());
        yield ExitCode.FAILURE;
      }
    };
  }

  private int print(ObjectNode explanation) {
    switch (format) {
      case JSON -> command.commandLine().getOut().println(explanation.toPrettyString());
      case TEXT -> command.commandLine().getOut().print(ExplanationText.render(explanation));
    }
    return ExitCode.OK;
  }
}
