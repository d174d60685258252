package dev.windlass.simulations.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image holds, and what it doesn't. */
class ImageSimulation {
  private static final long MAX_BYTES = 200L << 20;

  @TempDir Path folder;
  private ImageTarball image;

  @BeforeEach
  void open() throws IOException {
    image = ImageTarball.unpacked(folder);
  }

  @Test
  void startsTheCommandLineAsAnOrdinaryUser() {
    assertThat(image.setting("User")).containsExactly("65532:65532");
    assertThat(image.setting("Entrypoint"))
        .startsWith("/opt/java/bin/java")
        .endsWith("dev.windlass.daemon.cli.Main");
    assertThat(image.setting("Cmd")).containsExactly("--help");
  }

  @Test
  void isSmallAndTheSameWheneverItIsBuilt() throws IOException {
    assertThat(Files.size(image.file())).isLessThan(MAX_BYTES);
    assertThat(image.settings().get("created").asString()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void changesOnlyItsSmallLayersWithOurCode() throws IOException {
    List<Path> ours = image.layers().subList(1, image.layers().size() - 1);
    long bytes = 0;
    for (Path layer : ours) {
      bytes += Files.size(layer);
    }
    assertThat(bytes).isLessThan(5L << 20);
    assertThat(Files.size(image.layers().getFirst())).isGreaterThan(10 * bytes);
  }

  @Test
  void hasNothingToRunButJava() throws IOException {
    List<String> programs =
        image.entries().stream()
            .filter(ImageTarball.Entry::executable)
            .map(ImageTarball.Entry::name)
            .filter(name -> !name.contains("ld-linux"))
            .toList();

    assertThat(programs)
        .contains("opt/java/bin/java")
        .allMatch(name -> name.startsWith("opt/java/"));
  }

  @Test
  void belongsToRootAndNobodyElseMayChangeIt() throws IOException {
    assertThat(image.entries())
        .hasSizeGreaterThan(100)
        .allMatch(entry -> entry.owner().equals("0/0"))
        .allMatch(entry -> entry.mode().matches(".rw[x-]r-[x-]r-[x-]"));
  }

  @Test
  void holdsTheDaemonAndItsCloudsButNoTestsAndNoSimulation() throws IOException {
    List<String> names = image.entries().stream().map(ImageTarball.Entry::name).toList();

    assertThat(names)
        .anyMatch(name -> name.startsWith("app/libs/autoscaler-daemon-"))
        .anyMatch(name -> name.startsWith("app/libs/provider-aws-"))
        .noneMatch(name -> name.matches(".*(simulat|testkit|junit|assertj|jmh|archunit).*"));
  }
}
