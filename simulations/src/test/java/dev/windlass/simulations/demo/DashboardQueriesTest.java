package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DashboardQueriesTest {
  private final List<JsonNode> panels = DashboardQueries.panels();

  @Test
  void everyPanelHasATitleAndAPlaceOfItsOwn() {
    assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).noneMatch(panel -> panel.get("title").asString().isEmpty());
    assertThat(panels).extracting(panel -> panel.get("gridPos")).doesNotHaveDuplicates();
    assertThat(panels).allMatch(panel -> right(panel.get("gridPos")) <= 24);
  }

  private static int right(JsonNode place) {
    return place.get("x").asInt() + place.get("w").asInt();
  }

  @Test
  void everyQuerySumsOverAllDaemonsAndAsksTheChosenPrometheus() {
    Predicate<String> summed = query -> query.contains("sum");
    assertThat(DashboardQueries.all()).allMatch(summed);
    assertThat(panels)
        .filteredOn(panel -> panel.has("targets"))
        .allMatch(panel -> panel.get("datasource").get("uid").asString().equals("${datasource}"));
  }
}
