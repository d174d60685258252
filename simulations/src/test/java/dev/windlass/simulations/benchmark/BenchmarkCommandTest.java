package dev.windlass.simulations.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchmarkCommandTest {
  @Test
  void namesTheRowsWhenNoneMatches() {
    StringWriter err = new StringWriter();

    int exit =
        new CommandLine(new BenchmarkCommand())
            .setErr(new PrintWriter(err, true))
            .execute("--only", "mix");

    assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("mix-1000", "drain", "large");
  }
}
