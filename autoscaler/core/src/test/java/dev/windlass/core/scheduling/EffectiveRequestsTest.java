package dev.windlass.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveRequestsTest {
  /** Init containers: {@code i500} is an ordinary one, {@code s500} one that keeps running. */
  @ParameterizedTest(name = "{0} | {1} | pod level {2} | overhead {3} -> {4}m")
  @CsvSource({
    "100,            '',            ,  0, 100",
    "100 200,        '',            ,  0, 300",
    "100,            i500,          ,  0, 500",
    "100,            i500 i300,     ,  0, 500",
    "600,            i500,          ,  0, 600",
    "100,            s200,          ,  0, 300",
    "100,            s200 i500,     ,  0, 700",
    "100,            i500 s200,     ,  0, 500",
    "100,            s200 i500 s300,,  0, 700",
    "400,            s200 i500 s300,,  0, 900",
    "100,            s200 s300,     ,  0, 600",
    "100,            '',            , 50, 150",
    "100,            i500,          , 50, 550",
    "100,            '',         700,  0, 700",
    "900,            '',         700,  0, 700",
    "100,            i500,       300, 50, 350",
    "'',             '',            ,  0,   0"
  })
  void adds(String containers, String init, @Nullable Long podLevel, long overhead, long expected) {
    List<Container> running = new ArrayList<>();
    for (String each : words(containers)) {
      running.add(container(running.size(), Long.parseLong(each), false));
    }
    List<Container> starting = new ArrayList<>();
    for (String each : words(init)) {
      starting.add(
          container(starting.size(), Long.parseLong(each.substring(1)), each.startsWith("s")));
    }
    PodSpec pod =
        new PodSpec(
            running,
            starting,
            Resources.of(Map.of(Resources.CPU, overhead)),
            podLevel == null ? null : Resources.of(Map.of(Resources.CPU, podLevel)),
            PodPlacementRules.ANYWHERE,
            0,
            0);

    assertThat(EffectiveRequests.of(pod).get(Resources.CPU)).isEqualTo(expected);
    assertThat(EffectiveRequests.of(pod).get(Resources.PODS)).isEqualTo(1);
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(" ", -1));
  }

  private static Container container(int index, long cpu, boolean restartable) {
    return new Container(
        "c" + index, Resources.of(Map.of(Resources.CPU, cpu)), List.of(), restartable);
  }
}
