package dev.windlass.simulations.apiserver.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.simulations.apiserver.apply.FieldOwnership.Author;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Shapes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ServerSideApplyTest {
  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }

  private static ServerSideApply by(String manager, String type, boolean force) {
    return new ServerSideApply(
        Shapes.of(type), new Author(manager, "", "v1", "2026-01-01T00:00:00Z"), force);
  }

  private static ObjectNode map(String manager, ObjectNode live, String data, boolean force) {
    return by(manager, "ConfigMap", force).apply(live, json("{'data':" + data + "}"), "map");
  }

  @Test
  void removesWhatItsManagerNoLongerAppliesButNotWhatAnotherOwns() {
    ObjectNode first = map("one", Json.object(), "{'a':'1','b':'2'}", false);
    ObjectNode shared = map("two", first, "{'b':'2'}", false);

    ObjectNode after = map("one", shared, "{'c':'3'}", false);

    assertThat(after.path("data")).isEqualTo(json("{'b':'2','c':'3'}"));
  }

  @Test
  void refusesToChangeAnothersFieldUnlessForced() {
    ObjectNode first = map("one", Json.object(), "{'a':'1'}", false);

    assertThatThrownBy(() -> map("two", first, "{'a':'2'}", false))
        .isInstanceOf(ApiFailure.class)
        .hasMessage("Apply failed with 1 conflict: conflict with \"one\": .data.a");
    assertThat(map("two", first, "{'a':'2'}", true).path("data")).isEqualTo(json("{'a':'2'}"));
  }

  @Test
  void mergesContainersByNameAndTakesTaintsAsOneValue() {
    ObjectNode pod =
        by("one", "Pod", false)
            .apply(
                Json.object(), json("{'spec':{'containers':[{'name':'a','image':'1'}]}}"), "pod");
    ObjectNode both =
        by("two", "Pod", false)
            .apply(pod, json("{'spec':{'containers':[{'name':'b','image':'2'}]}}"), "pod");
    assertThat(both.path("spec").path("containers").size()).isEqualTo(2);

    ObjectNode node =
        by("one", "Node", false)
            .apply(
                Json.object(),
                json("{'spec':{'taints':[{'key':'a','effect':'NoSchedule'}]}}"),
                "node");
    assertThatThrownBy(() ->
            by("two", "Node", false)
                .apply(
                    node, json("{'spec':{'taints':[{'key':'b','effect':'NoSchedule'}]}}"), "node"))
        .hasMessageContaining(".spec.taints");
  }

  @Test
  void namesAnUpdatingManagerInTheConflict() {
    ObjectNode live = json("{'data':{'a':'1'}}");
    FieldOwnership.update(
        Shapes.of("ConfigMap"),
        Json.object(),
        live,
        new Author("putter", "", "v1", "2026-01-01T00:00:00Z"));

    assertThatThrownBy(() -> map("two", live, "{'a':'2'}", false))
        .hasMessageContaining("conflict with \"putter\" using v1: .data.a");
  }
}
