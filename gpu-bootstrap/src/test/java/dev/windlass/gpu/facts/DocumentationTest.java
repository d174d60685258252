package dev.windlass.gpu.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.gpu.GpuCause;
import dev.windlass.core.gpu.GpuDeadlines;
import dev.windlass.core.gpu.GpuOperandPods;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.gpu.runtime.RuntimeProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference says what the code does. */
class DocumentationTest {
  private final String page = read();

  @ParameterizedTest
  @EnumSource(BootstrapCause.class)
  void listsEachCauseWithItsRemedy(BootstrapCause cause) {
    assertThat(page).contains("| `" + cause.title() + "` | " + cause.remedy() + " |");
  }

  @ParameterizedTest
  @EnumSource(RuntimeProblem.class)
  void listsEachProblemOfTheRuntimeWithItsRemedy(RuntimeProblem problem) {
    assertThat(page).contains("| `" + problem.title() + "` | " + problem.remedy() + " |");
  }

  @ParameterizedTest
  @EnumSource(GpuCause.class)
  void listsEachCauseThatTheDaemonFinds(GpuCause cause) {
    assertThat(page).contains("| `" + cause.title() + "` |");
  }

  @ParameterizedTest
  @EnumSource(GpuPhase.class)
  void listsEachPhaseWithItsDefaultDeadline(GpuPhase phase) {
    String row =
        page.lines()
            .filter(line -> line.startsWith("| `" + phase.title() + "` |"))
            .findFirst()
            .orElseThrow();
    long minutes = GpuDeadlines.defaultOf(phase).toMinutes();

    assertThat(row).endsWith(minutes == 0 ? "| – |" : "| " + minutes + " min |");
  }

  @Test
  void namesTheNamespaceOfTheOperands() {
    assertThat(page).contains(GpuOperandPods.NAMESPACE);
    assertThat(Arrays.stream(BootstrapCause.values())).isNotEmpty();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "reference", "gpu.md"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
