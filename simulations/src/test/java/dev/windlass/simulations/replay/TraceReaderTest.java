package dev.windlass.simulations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {
  private static final String HEADER =
      "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,"
          + "deletion_time,scheduled_time\n";

  private static TraceReader.Result read(String rows) throws IOException {
    return TraceReader.read("trace.csv", new BufferedReader(new StringReader(rows)));
  }

  @Test
  void readsAPod() throws IOException {
    TraceReader.Result result = read(HEADER + "a,500,1024,1,470,T4|A10,LS,Running,10,110,20\n");

    assertThat(result.problems()).isEmpty();
    TracePod pod = result.pods().getFirst();
    assertThat(pod.isShare()).isTrue();
    assertThat(pod.models()).containsExactly("T4", "A10");
    assertThat(pod.arrival()).hasSeconds(10);
    assertThat(pod.lifetime()).hasSeconds(90);
  }

  @Test
  void aPodThatNeverStartedLivesFromItsCreation() throws IOException {
    assertThat(read(HEADER + "a,1,1,0,0,,LS,Failed,10,110,\n").pods().getFirst().lifetime())
        .hasSeconds(100);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "a,x,1,0,0,,LS,Running,0,1,0; cpu_milli",
        "a,1,-1,0,0,,LS,Running,0,1,0; memory_mib",
        "a,1,1,1,0,,LS,Running,0,1,0; gpu_milli",
        "a,1,1,0,5,,LS,Running,0,1,0; gpu_milli",
        "a,1,1,1,1001,,LS,Running,0,1,0; gpu_milli",
        "a,1,1,0,0,,LS,Running,9,1,0; deletion_time",
        ",1,1,0,0,,LS,Running,0,1,0; name",
        "a,1,1,0,0,,LS,Running,0,1; columns"
      })
  void namesFileLineAndFieldOfABrokenRow(String row, String field) throws IOException {
    TraceReader.Result result = read(HEADER + "ok,1,1,0,0,,LS,Running,0,1,0\n" + row + "\n");

    assertThat(result.problems()).singleElement().asString().startsWith("trace.csv:3: ");
    assertThat(result.problems().getFirst()).contains(field);
  }

  @Test
  void readsListsOfDemandsAlone() throws IOException {
    TracePod pod =
        read("name,cpu_milli,memory_mib,num_gpu,gpu_milli\na,500,1024,2,1000\n").pods().getFirst();

    assertThat(pod.gpus()).isEqualTo(2);
    assertThat(pod.lifetime()).hasHours(1);
  }

  @Test
  void tellsAllBrokenRowsAtOnce() throws IOException {
    assertThat(read(HEADER + "a\nb\nc\n").problems()).hasSize(3);
  }

  @Test
  void refusesANameThatIsUsedTwice() throws IOException {
    String row = "a,1,1,0,0,,LS,Running,0,1,0\n";

    assertThat(read(HEADER + row + row).problems()).singleElement().asString().contains("name");
  }

  @Test
  void refusesAnotherHeader() throws IOException {
    assertThat(read("pod,cpu\n").problems()).singleElement().asString().startsWith("trace.csv:1:");
  }
}
