package dev.windlass.simulations.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class ArenaCommandTest {
  @Test
  void refusesAWorkloadThatIsNotThere() {
    StringWriter err = new StringWriter();

    int exit =
        new CommandLine(new ArenaCommand())
            .setErr(new PrintWriter(err, true))
            .execute("burst", "brust");

    assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("there is no workload brust", "infeasible");
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void findsEachWorkloadByItsName(Workload workload) {
    assertThat(Workload.named(workload.label())).contains(workload);
    assertThat(workload.telling()).isNotEmpty();
  }
}
