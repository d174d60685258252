package dev.windlass.simulations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SimulateCommandTest {
  private static final String HEADER =
      "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,"
          + "deletion_time,scheduled_time\n";

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private static ObjectNode json(String... more) {
    String[] arguments = new String[more.length + 3];
    System.arraycopy(new String[] {"simulate", "-o", "json"}, 0, arguments, 0, 3);
    System.arraycopy(more, 0, arguments, 3, more.length);
    Ran ran = run(arguments);
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
    return (ObjectNode) JsonMapper.shared().readTree(ran.out());
  }

  @Test
  void everyPodOfTheWorkloadThatComesWithTheProductRuns() {
    JsonNode report = json();

    assertThat(report.at("/pods/ran").asInt()).isEqualTo(report.at("/pods/total").asInt());
    assertThat(report.at("/pods/total").asInt()).isGreaterThan(50);
    assertThat(report.at("/pods/neverRan").isEmpty()).isTrue();
    assertThat(report.at("/cost/totalUsd").asDouble()).isPositive();
    assertThat(report.at("/utilization/gpu").asDouble()).isBetween(0.1, 1.0);
  }

  @Test
  void theSameSeedGivesTheSameReportButForTiming() {
    ObjectNode first = json("--seed", "7");
    ObjectNode second = json("--seed", "7");
    assertThat(first.remove("timing").isObject()).isTrue();
    second.remove("timing");

    assertThat(first.toString()).isEqualTo(second.toString());
  }

  @Test
  void printsTheLowerBoundOfATracesList(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("openb_pod_list_mine.csv"),
        HEADER + "a,1000,1024,1,1000,,LS,Running,0,600,0\nb,1000,1024,1,470,,LS,Running,5,600,5\n");
    Files.writeString(
        folder.resolve("lower-bounds.csv"),
        "list,cloud,capacity,gpu_rule,lower_bound_usd_hour,upper,gap,dropped,method\n"
            + "mine,aws,allocatable,any,0.5,1,1,0,by hand\n");

    JsonNode report =
        json(
            "--trace",
            "alibaba-gpu-2023",
            "--dir",
            folder.toString(),
            "--list",
            "mine",
            "--at-once");

    assertThat(report.at("/pods/ran").asInt()).isEqualTo(2);
    assertThat(report.at("/cost/lowerBoundUsdPerHour").asDouble()).isEqualTo(0.5);
    assertThat(report.at("/cost/overLowerBound").asDouble()).isGreaterThan(1);
  }

  @Test
  void aPodThatFitsNowhereNeverRunsAndSaysWhy(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("openb_pod_list_default.csv"),
        HEADER + "giant,999000,1024,0,0,,LS,Running,0,600,0\n");

    JsonNode report = json("--trace", "alibaba-gpu-2023", "--dir", folder.toString());

    assertThat(report.at("/pods/ran").asInt()).isZero();
    assertThat(report.at("/pods/neverRan/giant").asString()).contains("cpu-1: TooLarge");
  }

  @Test
  void aBrokenRowNamesFileAndLineAndNothingIsSimulated(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("openb_pod_list_default.csv"), HEADER + "a,much,1,0,0,,LS,Running,0,1,0\n");

    Ran ran = run("simulate", "--trace", "alibaba-gpu-2023", "--dir", folder.toString());

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("openb_pod_list_default.csv:2: cpu_milli");
  }

  @Test
  void aBadNodeGroupFileStopsBeforeSimulating(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("groups.yaml");
    Files.writeString(
        file,
        "apiVersion: windlass.dev/v1alpha1\nkind: NodeGroup\nmetadata: {name: a}\n"
            + "spec: {minSize: 5, maxSize: 1}\n");

    Ran ran = run("simulate", "-f", file.toString());

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains("groups.yaml").contains("spec.maxSize");
  }

  @Test
  void aTraceNeedsItsFolder() {
    assertThat(run("simulate", "--trace", "alibaba-gpu-2023").code()).isEqualTo(ExitCode.BAD_INPUT);
  }
}
