package dev.windlass.simulations.arena;

import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.SubCommand;
import dev.windlass.simulations.benchmark.Machine;
import dev.windlass.simulations.controlplane.Binaries;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windlass arena}: the daemon on a real control plane beside its peers. */
@Command(
    name = "arena",
    description =
        "Plays workloads on a real control plane with a simulated cloud and reports waiting times,"
            + " cost and calls beside those of Cluster Autoscaler and Karpenter.",
    mixinStandardHelpOptions = true)
public final class ArenaCommand implements SubCommand {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description = "burst, spark, gap, gpu, spread, shrink, gang, infeasible; all if absent.")
  private List<String> workloads = new ArrayList<>();

  @Option(
      names = "--settings",
      paramLabel = "SETTINGS",
      description =
          "default: every default; quick: nodes go after half a minute. Those that tell something"
              + " about a workload within its time if absent.")
  private @Nullable String settings;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often each is played; ${DEFAULT-VALUE} if absent.")
  private int repeat = 1;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Of how late GPUs are advertised; ${DEFAULT-VALUE} if absent.")
  private long seed = 42;

  @Option(names = "--keep", description = "Keep the files of all processes, and say where.")
  private boolean keep;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description = "Where the report is written; standard output if absent.")
  private @Nullable Path output;

  /** Made by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public ArenaCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = command.commandLine().getErr();
    List<Workload> chosen = chosen();
    Optional<Binaries> binaries = Binaries.find(System.getenv());
    if (binaries.isEmpty()) {
      err.println(Binaries.MISSING);
      return ExitCode.FAILURE;
    }
    String machine = Machine.describe();
    List<Result> results = new ArrayList<>();
    for (Workload workload : chosen) {
      for (Settings each : settings(workload)) {
        for (int run = 0; run < repeat; run++) {
          Result result = play(binaries.get(), workload, each);
          err.println(ArenaReport.row(workload.label(), result));
          results.add(result);
        }
      }
    }
    String report = ArenaReport.write(results, PeerFigures.read(), machine, seed);
    if (output == null) {
      command.commandLine().getOut().print(report);
    } else {
      Files.writeString(output, report);
    }
    return ExitCode.OK;
  }

  private List<Workload> chosen() {
    return workloads.isEmpty()
        ? List.of(Workload.values())
        : workloads.stream().map(this::workload).toList();
  }

  private Workload workload(String label) {
    return Workload.named(label).orElseThrow(() -> wrong("there is no workload " + label));
  }

  private List<Settings> settings(Workload workload) {
    if (settings == null) {
      return workload.telling();
    }
    return Stream.of(Settings.values())
        .filter(each -> each.label().equals(settings))
        .findFirst()
        .map(List::of)
        .orElseThrow(() -> wrong("there are no settings " + settings));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private Result play(Binaries binaries, Workload workload, Settings each)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("windlass-arena-");
    try {
      return Arena.play(binaries, workload, each, folder, seed);
    } finally {
      if (keep) {
        command.commandLine().getErr().println(workload.label() + ": " + folder);
      } else {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.deleteIfExists(file);
            } catch (IOException refused) {
              throw new UncheckedIOException(refused);
            }
          });
    }
  }
}
