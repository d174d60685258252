package dev.windlass.daemon;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.SubCommand;
import dev.windlass.daemon.convert.Conversion;
import dev.windlass.daemon.convert.Conversions;
import dev.windlass.daemon.convert.ScalerDocument;
import dev.windlass.daemon.input.DocumentReader;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.kubernetes.Adoption;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windlass convert}: the scalers of peers as ReplicaScalers, in files or in a cluster. */
@Command(
    name = "convert",
    description =
        "Turns HorizontalPodAutoscalers and ScaledObjects into ReplicaScalers and names what these"
            + " can't carry.",
    mixinStandardHelpOptions = true)
public final class ConvertCommand implements SubCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ArgGroup(multiplicity = "1")
  private Task task = new Task();

  @Spec private CommandSpec command;

  /** One of three: files, or a HorizontalPodAutoscaler of the kubeconfig's cluster, or back. */
  private static final class Task {
    @Option(
        names = {"-f", "--file"},
        required = true,
        paramLabel = "PATH",
        description = "A file, a folder (.yaml, .yml, .json in it, recursively) or - for input.")
    private List<String> paths = List.of();

    @Option(
        names = "--adopt",
        required = true,
        paramLabel = "NAMESPACE/NAME",
        description =
            "Hands the target of this HorizontalPodAutoscaler over to a ReplicaScaler of the same"
                + " name.")
    private @Nullable String adopt;

    @Option(
        names = "--undo",
        required = true,
        paramLabel = "NAMESPACE/NAME",
        description = "Undoes an adoption: the HorizontalPodAutoscaler comes back.")
    private @Nullable String undo;
  }

  /** Created by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public ConvertCommand() {}

  @Override
  public Integer call() {
    if (task.adopt != null) {
      ObjectKey name = key(task.adopt);
      return inCluster(adoption -> adoption.adopt(name));
    }
    if (task.undo != null) {
      ObjectKey name = key(task.undo);
      return inCluster(adoption -> adoption.undo(name));
    }
    return convert(task.paths);
  }

  private ObjectKey key(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw new ParameterException(
          command.commandLine(), "expected NAMESPACE/NAME, not '" + text + "'");
    }
    return new ObjectKey(text.substring(0, slash), text.substring(slash + 1));
  }

  private int inCluster(Function<Adoption, Adoption.Outcome> task) {
    PrintWriter err = command.commandLine().getErr();
    try (KubernetesClient client = KubernetesClients.usual()) {
      return switch (task.apply(new Adoption(client, PATIENCE, err::println))) {
        case Adoption.Outcome.Done done -> {
          command.commandLine().getOut().println(done.sentence());
          yield ExitCode.OK;
        }
        case Adoption.Outcome.Stopped stopped -> {
          err.println("stopped: " + stopped.sentence());
          yield ExitCode.FAILURE;
        }
      };
    }
  }

  private int convert(List<String> paths) {
    Conversions conversions = new Conversions();
    List<Problem> problems =
        new ArrayList<>(new DocumentReader(System.in).read(paths, conversions::accept));
    Conversions.Result result = conversions.result();
    problems.addAll(result.problems());
    PrintWriter err = command.commandLine().getErr();
    if (!problems.isEmpty()) {
      Problem.print(problems, err);
      return ExitCode.BAD_INPUT;
    }
    for (Conversion each : result.conversions()) {
      each.remarks().forEach(remark -> err.println(each.origin() + ": " + remark));
    }
    result.ignored().forEach((kind, count) -> err.println("ignored: " + count + " " + kind));
    command.commandLine().getOut().print(ScalerDocument.write(result.conversions()));
    return ExitCode.OK;
  }
}
