package dev.windlass.daemon;

import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.SubCommand;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code windlass run}: the daemon, until it is told to stop. */
@Command(
    name = "run",
    description = "Runs the daemon, in the cluster it runs in or with a kubeconfig.",
    mixinStandardHelpOptions = true)
public final class RunCommand implements SubCommand {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The Configuration; every key has a default.")
  private @Nullable String file;

  @Option(
      names = "--dry-run",
      description = "Decide and report, but change nothing in cluster and cloud.")
  private boolean dryRun;

  @Spec private CommandSpec command;

  /** Created by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public RunCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (file == null) {
      return run(DaemonSettings.DEFAULT);
    }
    return switch (Configuration.load(file, System.in)) {
      case Configuration.FromFile.Settings read -> run(read.settings());
      case Configuration.FromFile.Problems found -> {
        Problem.print(found.problems(), command.commandLine().getErr());
        yield ExitCode.BAD_INPUT;
      }
    };
  }

  private int run(DaemonSettings settings) throws IOException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    try (KubernetesClient client = KubernetesClients.usual();
        Daemon daemon = Daemon.start(dryRun ? settings.withDryRun() : settings, client)) {
      Thread main = Thread.currentThread();
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(() -> {
                    stop.countDown();
                    joined(main);
                  }));
      command.commandLine().getErr().println("dashboard: " + daemon.uri());
      stop.await();
    }
    return ExitCode.OK;
  }

  /** Keeps the process until the daemon has given its lease back. */
  private static void joined(Thread main) {
    try {
      main.join(KubernetesClients.REQUEST_TIMEOUT.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
