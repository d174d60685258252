package dev.windlass.daemon.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code windlass}: finds its commands and runs one of them. */
@Command(
    name = "windlass",
    description = "Scales a Kubernetes cluster as one system: replicas, nodes and GPU bootstrap.",
    mixinStandardHelpOptions = true,
    version = "windlass 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it did what it should",
      "1:it failed",
      "2:what was handed over is wrong; every problem is told"
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec command;

  /** Created by {@link #run} alone; picocli sets the field. */
  @SuppressWarnings("NullAway.Init")
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /**
   * Runs a command.
   *
   * @return its exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new Main());
    for (SubCommand each : ServiceLoader.load(SubCommand.class)) {
      line.addSubcommand(each);
    }
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Main::failed);
    int code = line.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  /** Without a command there is nothing to do but to say so. */
  @Override
  public Integer call() {
    CommandLine line = command.commandLine();
    line.getErr().println("Missing command");
    line.usage(line.getErr());
    return ExitCode.BAD_INPUT;
  }

  private static int failed(Exception exception, CommandLine line, Object parsed) {
    String message = exception.getMessage();
    line.getErr()
        .println(
            line.getCommandName()
                + " failed: "
                + (message == null ? exception.getClass().getSimpleName() : message));
    return ExitCode.FAILURE;
  }
}
