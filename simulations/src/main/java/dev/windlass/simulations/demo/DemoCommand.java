package dev.windlass.simulations.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.SubCommand;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code windlass demo}: the real daemon in a simulated cluster. */
@Command(
    name = "demo",
    description =
        "Plays a morning of a mixed cluster: the real daemon against an embedded API server and a"
            + " simulated cloud, in about a minute.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements SubCommand {
  @Spec private CommandSpec command;

  @Option(
      names = "--once",
      description =
          "End when the cluster is back at its minimum; the exit code is 0 only if every promise"
              + " was kept.")
  private boolean once;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "60",
      description = "Seconds of the morning in one second, 1 to 120; ${DEFAULT-VALUE} by default.")
  private double speed;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "9464",
      description = "The dashboard's port; 0 takes a free one; ${DEFAULT-VALUE} by default.")
  private int port;

  @Option(
      names = "--provider",
      paramLabel = "KIND",
      defaultValue = "simulated",
      description =
          "Whose groups the machines are in: simulated, aws, azure or gcp, or all three clouds at"
              + " once. Real clouds are fakes of their interfaces on this machine, asked by the"
              + " real adapters.")
  private String provider;

  @Option(names = "--verbose", description = "Show the daemon's own log too.")
  private boolean verbose;

  /** Made by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public DemoCommand() {}

  @Override
  public Integer call() throws InterruptedException, IOException {
    DemoOptions options = options();
    logAt(verbose ? Level.INFO : Level.ERROR);
    PrintWriter out = command.commandLine().getOut();
    try (DemoRun run = new DemoRun(options, screen(out), InstantSource.system())) {
      if (!options.once()) {
        run.play();
      }
      return run.playOnce() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }

  DemoOptions options() {
    try {
      return new DemoOptions(once, speed, port, DemoProvider.named(provider));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private static Screen screen(PrintWriter out) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    boolean plain = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
    return terminal && !plain ? new LiveScreen(out) : new PlainScreen(out);
  }

  /** The timeline is what is to be read; failures still come through. */
  private static void logAt(Level level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLoggerList().stream()
          .filter(logger -> logger.getLevel() != null && level.isGreaterOrEqual(logger.getLevel()))
          .forEach(logger -> logger.setLevel(level));
    }
  }
}
