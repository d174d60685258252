package dev.windlass.simulations.benchmark;

import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.SubCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code windlass benchmark}: measures decisions with JMH and writes a report. */
@Command(
    name = "benchmark",
    description = "Measures how fast decisions are over published and large clusters.",
    mixinStandardHelpOptions = true)
public final class BenchmarkCommand implements SubCommand {
  /** Of each measured JVM; the largest cluster has to fit. */
  private static final String HEAP = "-Xmx1g";

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      defaultValue = ".*",
      description = "Rows whose whole name matches this regular expression; all if absent.")
  private Pattern only = Pattern.compile(".*");

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Of the clusters; ${DEFAULT-VALUE} if absent.")
  private long seed = 42;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description = "Where the report is written; standard output if absent.")
  private @Nullable Path output;

  @Spec private CommandSpec command;

  /** Created by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public BenchmarkCommand() {}

  @Override
  public Integer call() throws IOException, RunnerException {
    PrintWriter err = command.commandLine().getErr();
    List<Row> rows = Rows.ALL.stream().filter(row -> only.matcher(row.name()).matches()).toList();
    if (rows.isEmpty()) {
      err.println("--only: no row matches; there are " + Rows.ALL.stream().map(Row::name).toList());
      return ExitCode.BAD_INPUT;
    }
    List<Measurement> measurements = new ArrayList<>();
    for (Row row : rows) {
      for (RunResult result : new Runner(options(row)).run()) {
        Measurement measurement = new Measurement(row, result);
        err.println(row.name() + ": " + measurement.millis());
        measurements.add(measurement);
      }
    }
    String report = BenchmarkReport.write(measurements, seed, HEAP);
    if (output == null) {
      command.commandLine().getOut().print(report);
    } else {
      Files.writeString(output, report);
    }
    return ExitCode.OK;
  }

  private Options options(Row row) {
    return new OptionsBuilder()
        .include(Pattern.quote(DecisionBenchmark.class.getName()) + ".decide")
        .param("row", row.name())
        .param("seed", Long.toString(seed))
        .warmupIterations(row.effort().warmUps())
        .measurementIterations(row.effort().runs())
        .forks(row.effort().forks())
        .jvmArgs(HEAP, "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
        .timeout(TimeValue.minutes(20))
        .verbosity(VerboseMode.SILENT)
        .build();
  }
}
