package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.world.Annotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/demo.md} names what there is. */
class DemoDocumentationTest {
  private static final Path PAGE = Path.of("..", "docs", "demo.md");

  @Test
  void namesEveryOption() throws IOException {
    String page = Files.readString(PAGE);
    List<String> own =
        new CommandLine(new DemoCommand())
            .getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .filter(name -> !List.of("--help", "--version").contains(name))
                .toList();

    assertThat(own).isNotEmpty().allSatisfy(name -> assertThat(page).contains("`" + name));
  }

  @Test
  void namesEveryAnnotation() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(
            List.of(
                Annotations.AT,
                Annotations.RUN_FOR,
                Annotations.START_DELAY,
                Annotations.CPU_LOAD,
                Annotations.METRIC_LOAD))
        .allSatisfy(key -> assertThat(page).contains("`" + key));
  }

  @Test
  void namesTheDefaultSpeedAndPort() throws IOException {
    String page = Files.readString(PAGE).toLowerCase(Locale.ROOT);
    DemoCommand command = new DemoCommand();
    new CommandLine(command).parseArgs();

    assertThat(page).contains("60 by default").contains("9464 by default");
    assertThat(command.options())
        .isEqualTo(new DemoOptions(false, 60, 9464, DemoProvider.SIMULATED));
  }
}
