package dev.windlass.simulations.replay;

import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.SubCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code windlass simulate}: a workload through the production engine in virtual time. */
@Command(
    name = "simulate",
    description =
        "Replays a workload through the production engine in virtual time and reports what came of"
            + " it.",
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements SubCommand {
  private static final String TRACE = "alibaba-gpu-2023";

  /** All pods at once live for an hour, so that the fleet also goes back. */
  private static final Duration LIFETIME_AT_ONCE = Duration.ofHours(1);

  @Option(
      names = "--trace",
      paramLabel = "NAME",
      description = "A real trace: " + TRACE + ". Without it, a small workload of our own.")
  private @Nullable String trace;

  @Option(names = "--dir", paramLabel = "PATH", description = "The folder with the trace's files.")
  private @Nullable Path folder;

  @Option(
      names = "--list",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Which of the trace's pod lists; ${DEFAULT-VALUE} if absent.")
  private String list = "default";

  @Option(
      names = "--at-once",
      description = "All pods arrive at once and live for an hour, instead of at their own times.")
  private boolean atOnce;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "PATH",
      description = "Node groups, GPU stacks and Configuration; those of the workload if absent.")
  private List<String> files = List.of();

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the world's delays; ${DEFAULT-VALUE} if absent.")
  private long seed = 1;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description = "table or json; ${DEFAULT-VALUE} if absent.")
  private Output output = Output.TABLE;

  @Spec private CommandSpec command;

  /** How the report is printed. */
  enum Output {
    TABLE,
    JSON
  }

  /** Created by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public SimulateCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter err = command.commandLine().getErr();
    if (trace != null && !trace.equals(TRACE)) {
      err.println("--trace: expected " + TRACE + ", got " + trace);
      return ExitCode.BAD_INPUT;
    }
    if ((trace == null) != (folder == null)) {
      err.println("--trace and --dir: expected both or none of them");
      return ExitCode.BAD_INPUT;
    }
    TraceReader.Result read = read();
    ReplayInput input = ReplayInput.read(files, trace == null ? "small.yaml" : TRACE + ".yaml");
    read.problems().forEach(err::println);
    input.problems().forEach(err::println);
    if (!read.problems().isEmpty() || !input.problems().isEmpty()) {
      return ExitCode.BAD_INPUT;
    }
    List<TracePod> pods =
        atOnce
            ? read.pods().stream().map(pod -> pod.atOnce(LIFETIME_AT_ONCE)).toList()
            : read.pods();
    print(pods, input.groups(), input.stacks(), input.policy());
    return ExitCode.OK;
  }

  private void print(
      List<TracePod> pods, List<NodeGroup> groups, List<GpuStack> stacks, Policy policy)
      throws IOException {
    ReplayReport report = Replay.run(new Replay.Setup(pods, groups, stacks, policy, seed));
    LowerBound bound =
        atOnce && folder != null && files.isEmpty()
            ? LowerBound.find(folder, list).orElse(null)
            : null;
    String text =
        switch (output) {
          case TABLE -> ReportWriter.table(report, bound);
          case JSON -> ReportWriter.json(report, bound) + "\n";
        };
    command.commandLine().getOut().print(text);
  }

  private TraceReader.Result read() throws IOException {
    if (folder == null) {
      InputStream small = SimulateCommand.class.getResourceAsStream("small.csv");
      if (small == null) {
        throw new IllegalStateException("small.csv is missing from the class path");
      }
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(small, StandardCharsets.UTF_8))) {
        return TraceReader.read("small.csv", lines);
      }
    }
    Path file = folder.resolve("openb_pod_list_" + list + ".csv");
    if (!Files.isRegularFile(file)) {
      return new TraceReader.Result(
          List.of(), List.of(file + ": expected a pod list of the trace, there is no such file"));
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return TraceReader.read(file.toString(), lines);
    }
  }
}
