package dev.windlass.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private record Run(int code, String out, String err) {
    static Run of(String... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
      return new Run(code, out.toString(), err.toString());
    }
  }

  @Test
  void withoutACommandItSaysWhatThereIs() {
    Run run = Run.of();
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("Missing command", "validate");
  }

  @Test
  void unknownCommandIsBadInput() {
    Run run = Run.of("validat");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("validate");
  }

  @Test
  void helpListsCommandsAndExitCodes() {
    Run run = Run.of("--help");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("validate", "Exit codes", "what was handed over is wrong");
  }

  @Test
  void validateTellsAllProblemsOfAllFilesAtOnce(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("a.yaml"),
        """
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: one}
        spec: {minSize: 3, maxSize: 2, provider: {simulated: {group: g}}}
        ---
        kind: [
        ---
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGrup
        metadata: {name: two}
        """);
    Files.writeString(
        folder.resolve("b.yaml"),
        """
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: one}
        spec: {minSize: 0, maxSize: 2, provider: {simulated: {group: g}}}
        ---
        apiVersion: windlass.dev/v1alpha1
        kind: Configuration
        spec: {dryRum: true}
        """);
    Run run = Run.of("validate", "-f", folder.toString());
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("a.yaml:1 document 1: NodeGroup one: spec.maxSize: expected at least")
        .contains("document 2: the document: expected readable YAML or JSON")
        .contains("NodeGrup two: kind: expected a known key, did you mean NodeGroup?")
        .contains("b.yaml:1 document 1: NodeGroup one: metadata.name: expected a name that is used")
        .contains("spec.dryRum: expected a known key, did you mean dryRun?")
        .endsWith("5 problems" + System.lineSeparator());
  }

  @Test
  void validateCountsWhatIsValidAndWhatIsIgnored(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("a.yaml"),
        """
        apiVersion: windlass.dev/v1alpha1
        kind: GpuStack
        metadata: {name: one}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        """);
    Run run = Run.of("validate", "-f", folder.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out().lines()).containsExactly("valid: 1 GpuStack", "ignored: 1 Pod");
  }
}
