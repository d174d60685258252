package dev.windlass.daemon.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.gpu.GpuCause;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.replicas.ReplicaReason;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.RemovalReason;
import dev.windlass.core.scaleup.UnhelpedRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanDocumentTest {
  private static final Path REFERENCE = Path.of("..", "..", "docs", "reference");

  private static JsonNode document() {
    Unread unread =
        new Unread(
            List.of(
                new Unread.Ignored("Service", 3, null), new Unread.Ignored("Node", 1, "odd: no")));
    return PlanDocument.of(Decisions.EMPTY, Decisions.full(), unread);
  }

  @Test
  void writesEverySectionInTheOrderOfNames() {
    JsonNode expected =
        JsonMapper.shared()
            .readTree(
                """
                {"apiVersion": "windlass.dev/v1alpha1", "kind": "Plan", "at": "2026-01-01T10:00:00Z",
                 "replicas": [{"namespace": "shop", "name": "web",
                   "target": {"kind": "Deployment", "name": "web"}, "current": 2, "desired": 4,
                   "metrics": [
                     {"type": "Resource", "name": "cpu", "current": "90%", "target": "50%", "proposal": 5},
                     {"type": "External", "name": "queue", "target": "10",
                      "error": "FailedGetExternalMetric: gone"}],
                   "limitedBy": "ScaleUpLimit",
                   "conditions": [{"type": "ScalingActive", "status": "False",
                     "reason": "FailedGetExternalMetric", "message": "gone"}]}],
                 "scaleUp": [{"nodeGroup": "web", "from": 1, "to": 3,
                   "variants": [
                     {"instanceType": "m5.large", "zone": "a", "purchase": "OnDemand", "count": 1},
                     {"instanceType": "m5.large", "zone": "b", "purchase": "Spot", "count": 1}],
                   "pods": ["shop/web-3", "shop/web-9"], "hourlyCost": 0.13,
                   "reason": "2 pods need room"}],
                 "placements": [
                   {"pod": "shop/api", "node": "node-1"},
                   {"pod": "shop/web-3", "nodeGroup": "web", "newNode": "web/1"},
                   {"pod": "shop/web-9", "nodeGroup": "web", "newNode": "web/2"}],
                 "unhelped": [
                   {"pod": "shop/broken", "reasons": [{"rule": "InvalidSpec", "message": "cpu is 'much'"}]},
                   {"pod": "shop/huge", "reasons": [
                     {"nodeGroup": "web", "rule": "TooLarge", "message": "needs 9, there is 4"},
                     {"rule": "Gang", "message": "3 of 4 fit"}]}],
                 "scaleDown": [{"node": "node-3", "nodeGroup": "web", "reason": "Underutilized",
                   "moves": [{"pod": "shop/moved", "toNode": "node-1"}], "hourlySaving": 0.065}],
                 "consolidations": [],
                 "kept": [
                   {"node": "node-1", "reason": "UnneededTimer", "message": "unneeded for 2 minutes"},
                   {"node": "node-2", "reason": "DisruptionBudget", "pod": "shop/guarded",
                    "message": "0 disruptions allowed"}],
                 "gpu": [
                   {"node": "gpu-1", "stack": "standard", "phase": "Driver",
                    "deadline": "2026-01-01T10:15:00Z"},
                   {"node": "gpu-2", "stack": "standard", "phase": "Failed", "action": "Replace it"}],
                 "deferred": [{"what": "scale-up", "why": "2 pods wait"}],
                 "ignored": [{"kind": "Service", "count": 3},
                   {"kind": "Node", "count": 1, "reason": "odd: no"}]}
                """);

    assertThat(document().toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  @Test
  void everySectionPassesTheSchema() {
    assertThat(PlanSchema.problems(document().toString())).isEmpty();
  }

  @Test
  void schemaRefusesWhatIsNoPlan() {
    String plan = document().toString();

    assertThat(PlanSchema.problems(plan.replace("\"TooLarge\"", "\"TooBig\""))).isNotEmpty();
    assertThat(PlanSchema.problems(plan.replace("\"newNode\"", "\"newnode\""))).isNotEmpty();
    assertThat(PlanSchema.problems(plan.replace("\"kept\"", "\"keep\""))).isNotEmpty();
    assertThat(PlanSchema.problems("{}")).isNotEmpty();
  }

  @Test
  void schemaHasExactlyTheWordsOfTheCode() {
    JsonNode properties = JsonMapper.shared().readTree(PlanSchema.text()).path("properties");

    List<String> rules = new ArrayList<>();
    Arrays.stream(UnhelpedRule.values()).map(UnhelpedRule::title).forEach(rules::add);
    assertThat(
            words(properties.at("/unhelped/items/properties/reasons/items/properties/rule/enum")))
        .containsExactlyElementsOf(rules);
    assertThat(words(properties.at("/kept/items/properties/reason/enum")))
        .containsExactlyElementsOf(
            Arrays.stream(KeptReason.values()).map(KeptReason::title).toList());
    assertThat(words(properties.at("/scaleDown/items/properties/reason/enum")))
        .containsExactlyElementsOf(
            Arrays.stream(RemovalReason.values()).map(RemovalReason::title).toList());
    assertThat(words(properties.at("/gpu/items/properties/phase/enum")))
        .containsExactlyElementsOf(Arrays.stream(GpuPhase.values()).map(GpuPhase::title).toList());
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(each -> words.add(each.asString()));
    return words;
  }

  @Test
  void everyReasonIsInTheReferenceWithItsWords() throws IOException {
    List<String> rows = new ArrayList<>();
    for (UnhelpedRule each : UnhelpedRule.values()) {
      rows.add(row(each.title(), ScaleUpWords.meaning(each), ScaleUpWords.remedy(each)));
    }
    for (KeptReason each : KeptReason.values()) {
      rows.add(row(each.title(), ScaleDownWords.meaning(each), ScaleDownWords.remedy(each)));
    }
    for (RemovalReason each : RemovalReason.values()) {
      rows.add(row(each.title(), ScaleDownWords.meaning(each), ScaleDownWords.remedy(each)));
    }
    for (ReplicaReason each : ReplicaReason.values()) {
      rows.add(row(each.title(), ReplicaWords.meaning(each), ReplicaWords.remedy(each)));
    }
    for (GpuCause each : GpuCause.values()) {
      rows.add(row(each.title(), GpuWords.meaning(each), GpuWords.remedy(each)));
    }

    List<String> lines = Files.readAllLines(REFERENCE.resolve("reasons.md"));

    assertThat(lines).containsAll(rows);
    long written = lines.stream().filter(line -> line.matches("\\| `\\w+` \\|.*\\|.*\\|")).count();
    assertThat(written).isEqualTo(rows.size());
  }

  private static String row(String code, String meaning, String remedy) {
    return "| `" + code + "` | " + meaning + " | " + remedy + " |";
  }

  @Test
  void exampleInTheReferencePassesTheSchema() throws IOException {
    String text = Files.readString(REFERENCE.resolve("plan.md"));
    Matcher example = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(text);

    assertThat(example.find()).isTrue();
    assertThat(PlanSchema.problems(example.group(1))).isEmpty();
    for (String field :
        JsonMapper.shared().readTree(PlanSchema.text()).path("properties").propertyNames()) {
      assertThat(text).contains("`" + field);
    }
  }
}
