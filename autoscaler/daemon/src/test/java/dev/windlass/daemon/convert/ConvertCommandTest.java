package dev.windlass.daemon.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
  private static final Path FILES =
      Path.of("src", "test", "resources", "dev", "windlass", "daemon", "convert");

  @TempDir private Path folder;

  private record Run(int code, String out, String err) {
    static Run of(Path file) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      String[] arguments = {"convert", "-f", file.toString()};
      int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
      return new Run(code, out.toString(), err.toString());
    }
  }

  private Run convert(String text) throws IOException {
    return Run.of(Files.writeString(folder.resolve("input.yaml"), "---\n" + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoscalers", "scaledobjects"})
  void everyFieldBecomesWhatTheReferenceSays(String name) throws IOException {
    Run run = Run.of(FILES.resolve(name + ".yaml"));

    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).isEqualTo(Files.readString(FILES.resolve(name + ".expected.yaml")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoscalers", "scaledobjects"})
  void whatItWritesIsValidAndItsRemarksAreOnTheErrorStreamToo(String name) throws IOException {
    Run run = Run.of(FILES.resolve(name + ".yaml"));
    Path written = Files.writeString(folder.resolve("scalers.yaml"), run.out());
    StringWriter err = new StringWriter();

    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "validate",
            "-f",
            written.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.OK);
    List<String> remarks =
        run.out()
            .lines()
            .filter(line -> line.startsWith("# spec") || line.startsWith("# meta"))
            .map(line -> line.substring(2))
            .toList();
    assertThat(remarks).isNotEmpty();
    for (String remark : remarks) {
      assertThat(run.err()).contains(": " + remark + System.lineSeparator());
    }
  }

  @Test
  void objectsOfOtherKindsAreCountedAndLeft() {
    assertThat(Run.of(FILES.resolve("autoscalers.yaml")).err()).contains("ignored: 1 Service");
  }

  @Test
  void olderVersionOfAnAutoscalerIsRefusedWithTheCommandThatGivesTheNewOne() throws IOException {
    Run run =
        convert(
            """
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: old}
            spec: {scaleTargetRef: {kind: Deployment, name: old}, maxReplicas: 2}
            """);

    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("HorizontalPodAutoscaler old: apiVersion: expected autoscaling/v2")
        .contains("kubectl get horizontalpodautoscalers.v2.autoscaling");
  }

  @Test
  void everyProblemOfEveryObjectIsToldAndNothingIsWritten() throws IOException {
    Run run =
        convert(
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: upside-down}
            spec: {scaleTargetRef: {kind: Deployment, name: a}, minReplicas: 5, maxReplicas: 2}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: wordy}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: cpu, metadata: {value: "50"}}
              - {type: cpu, metricType: Utilization, metadata: {value: much}}
              - {type: prometheus, metricType: Utilization, metadata: {threshold: "1"}}
            """);

    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("upside-down: spec.maxReplicas: expected at least 1 and at least")
        .contains("wordy: spec.triggers[0].metricType: expected Utilization or AverageValue")
        .contains("wordy: spec.triggers[1].metadata.value: expected a whole number, got much")
        .contains("wordy: spec.triggers[2].metricType: expected Value or AverageValue")
        .endsWith("4 problems" + System.lineSeparator());
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({
    "0, 'type: cpu, metricType: Utilization, metadata: {value: \"50\"}', 1",
    "0, 'type: cron, metadata: {start: 0 8 * * *, end: 0 9 * * *, desiredReplicas: \"2\"}', 0",
    "3, 'type: cron, metadata: {start: 0 8 * * *, end: 0 9 * * *, desiredReplicas: \"2\"}', 3",
  })
  void zeroStaysOnlyWhereAMetricCanWakeTheTarget(int min, String trigger, int written)
      throws IOException {
    Run run =
        convert(
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, minReplicaCount: %d, triggers: [{%s}]}
            """
                .formatted(min, trigger));

    assertThat(run.out()).contains("minReplicas: " + written + "\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "up, false, sum(up) or vector(0)",
    "up, true, up",
    "sum(up) or vector(0), false, sum(up) or vector(0)",
  })
  void noAnswerIsZeroWhereKedaTakesItForZero(String query, boolean told, String written)
      throws IOException {
    Run run =
        convert(
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata: {serverAddress: "http://p", query: %s, threshold: "1"%s}
            """
                .formatted(query, told ? ", ignoreNullValues: \"false\"" : ""));

    assertThat(run.out()).contains("query: " + written + "\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "static, behavior: Static",
    "currentReplicasIfLower, behavior: CurrentReplicasIfLower",
    "currentReplicas, keeps its size",
    "scalingModifiers, keeps its size",
  })
  void fallbackKeepsItsMeaning(String behavior, String expected) throws IOException {
    Run run =
        convert(
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              fallback: {failureThreshold: 4, replicas: 2, behavior: %s}
              triggers: [{type: cpu, metricType: Utilization, metadata: {value: "50"}}]
            """
                .formatted(behavior));

    assertThat(run.out()).contains(expected);
    assertThat(run.out().contains("after: 2m\n")).isEqualTo(expected.startsWith("behavior"));
  }

  @Test
  void pausedScaledObjectBecomesAPausedScaler() throws IOException {
    Run run =
        convert(
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a, annotations: {autoscaling.keda.sh/paused: "true"}}
            spec:
              scaleTargetRef: {name: a}
              triggers: [{type: cpu, metricType: Utilization, metadata: {value: "50"}}]
            """);

    assertThat(run.out()).contains("paused: true\n");
  }
}
