package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeName;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NodePatchesTest {
  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String LABEL = Keys.EXCLUDE_FROM_LOAD_BALANCERS;

  @Test
  void taintsAndLabelsInOnePatchUnderTheVersionThatWasRead() {
    JsonNode patch = tree(NodePatches.beginRemoval(node().build(), BEGUN));

    assertThat(patch.at("/metadata/resourceVersion").asString("")).isEqualTo("7");
    assertThat(patch.at("/metadata/uid").asString("")).isEqualTo("u1");
    assertThat(patch.at("/metadata/labels").has(LABEL)).isTrue();
    assertThat(patch.at("/spec/taints").findValuesAsString("key"))
        .containsExactly("keep", Keys.DISRUPTED);
    assertThat(patch.at("/spec/taints/1/value").asString("")).isEqualTo("1767225600");
    assertThat(patch.at("/spec/taints/0/value").asString("")).isEqualTo("v");
    assertThat(patch.at("/spec/taints/0/timeAdded").asString("")).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void leavesAForeignLabelAloneWhenTheRemovalIsTakenBack() {
    Node foreign = node().editMetadata().addToLabels(LABEL, "true").endMetadata().build();
    assertThat(tree(NodePatches.beginRemoval(foreign, BEGUN)).at("/metadata").has("labels"))
        .isFalse();

    Node begun =
        new NodeBuilder(foreign)
            .editSpec()
            .addNewTaint()
            .withKey(Keys.DISRUPTED)
            .withEffect("NoSchedule")
            .endTaint()
            .endSpec()
            .build();
    JsonNode back = tree(NodePatches.cancelRemoval(begun));
    assertThat(back.at("/metadata").has("labels")).isFalse();
    assertThat(back.at("/spec/taints").findValuesAsString("key")).containsExactly("keep");
  }

  @Test
  void removesItsOwnLabelWhenTheRemovalIsTakenBack() {
    Node ours = node().editMetadata().addToLabels(LABEL, "windlass").endMetadata().build();

    assertThat(tree(NodePatches.cancelRemoval(ours)).at("/metadata/labels").get(LABEL).isNull())
        .isTrue();
  }

  @Test
  void patchesNothingThatIsSoAlready() {
    Node done =
        node()
            .editMetadata()
            .addToLabels(LABEL, "windlass")
            .addToAnnotations("a", "1")
            .endMetadata()
            .editSpec()
            .addNewTaint()
            .withKey(Keys.DISRUPTED)
            .withEffect("NoSchedule")
            .endTaint()
            .endSpec()
            .build();

    assertThat(NodePatches.beginRemoval(done, BEGUN)).isNull();
    assertThat(NodePatches.cancelRemoval(node().build())).isNull();
    assertThat(NodePatches.open(done, new TreeMap<>())).isNull();
    assertThat(NodePatches.annotate(done, new TreeMap<>(Map.of("a", "1", "b", "")))).isNull();
  }

  @Test
  void changesATaintAndItsNotesInOnePatch() {
    Action.ChangeGpuTaint close =
        new Action.ChangeGpuTaint(
            new NodeName("n-1"),
            Identity.NONE,
            Keys.GPU_UNHEALTHY,
            true,
            new TreeMap<>(Map.of(Keys.GPU_REPAIR, "Reset")),
            "");
    String patch = Objects.requireNonNull(NodePatches.gpuTaint(node().build(), close));
    Node closed =
        node()
            .editMetadata()
            .addToAnnotations(Keys.GPU_REPAIR, "Reset")
            .endMetadata()
            .editSpec()
            .addNewTaint()
            .withKey(Keys.GPU_UNHEALTHY)
            .withEffect("NoSchedule")
            .endTaint()
            .endSpec()
            .build();

    assertThat(patch).contains(Keys.GPU_UNHEALTHY, "NoSchedule", Keys.GPU_REPAIR, "Reset");
    assertThat(NodePatches.gpuTaint(closed, close)).isNull();
  }

  @Test
  void writesThePromisedLabelsWithTheOpening() {
    Node closed =
        node()
            .editSpec()
            .addNewTaint()
            .withKey(Keys.GPU_NOT_READY)
            .withEffect("NoSchedule")
            .endTaint()
            .endSpec()
            .build();

    assertThat(NodePatches.open(closed, new TreeMap<>(Map.of("nvidia.com/gpu.count", "8"))))
        .contains("nvidia.com/gpu.count")
        .doesNotContain(Keys.GPU_NOT_READY);
  }

  @Test
  void removesAnAnnotationWhoseValueIsEmpty() {
    Node noted = node().editMetadata().addToAnnotations("a", "1").endMetadata().build();

    String patch = NodePatches.annotate(noted, new TreeMap<>(Map.of("a", "", "b", "2")));

    JsonNode annotations = tree(patch).at("/metadata/annotations");
    assertThat(annotations.get("a").isNull()).isTrue();
    assertThat(annotations.get("b").asString("")).isEqualTo("2");
  }

  private static JsonNode tree(@Nullable String patch) {
    return JsonMapper.shared().readTree(Objects.requireNonNull(patch));
  }

  private static NodeBuilder node() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("n1")
        .withUid("u1")
        .withResourceVersion("7")
        .endMetadata()
        .withNewSpec()
        .addNewTaint()
        .withKey("keep")
        .withValue("v")
        .withEffect("NoExecute")
        .withTimeAdded("2026-01-01T00:00:00Z")
        .endTaint()
        .endSpec();
  }
}
