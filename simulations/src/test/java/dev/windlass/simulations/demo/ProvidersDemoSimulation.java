package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/**
 * The whole morning with one daemon over the real adapters of three clouds, each against its fake.
 * Takes about a minute and a half.
 */
class ProvidersDemoSimulation {
  @Test
  void oneDaemonScalesGroupsInThreeClouds() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "demo",
            "--once",
            "--port",
            "0",
            "--provider",
            "all");

    assertThat(code).as(() -> out + "\n" + err).isEqualTo(ExitCode.OK);
  }
}
