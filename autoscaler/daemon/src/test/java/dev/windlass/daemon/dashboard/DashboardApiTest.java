package dev.windlass.daemon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DashboardApiTest {
  private final DashboardApi api = new DashboardApi(FakeCluster.burstPreview());

  private JsonNode get(String path, @Nullable String query) {
    Answer answer = api.answer("/api/v1/" + path, query);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  @Test
  void hasNothingToSayBeforeTheFirstDecision() {
    Answer answer = new DashboardApi(FakeCluster.history()).answer("/api/v1/state", null);
    assertThat(answer.status()).isEqualTo(503);
  }

  @Test
  void joinsAlikeAnswersAndCountsThemAll() {
    JsonNode why = get("explain/pod/etl/daily-joins-0", null);
    assertThat(why.path("title").asString()).isEqualTo("Answers of all 7 node groups");
    assertThat(why.path("rows").size()).isEqualTo(3);
    assertThat(why.path("rows").toString())
        .contains(
            "\"aws-spark-spot\",\"MaxSize\"", "\"aws-general, gcp-general\",\"NodeAffinity\"");
    assertThat(why.at("/facts/0/value").asString()).isEqualTo("aws-spark-spot, but for MaxSize");
    assertThat(why.path("command").asString()).isEqualTo("windlass explain pod etl/daily-joins-0");
  }

  @ParameterizedTest
  @CsvSource({
    "explain/pod/etl/hourly-joins-3, A node for it is on its way.",
    "explain/node/gcp-general-1, It goes.",
    "explain/node/aws-general-12, It stays.",
    "explain/node/gke-a100-2b9d, Phases of gke-a100-2b9d",
    "explain/scaler/serve/llm-chat, goes from 8 to 15",
    "explain/group/aws-gpu-h100, All 3 zones are sold out.",
    "explain/kept/UnneededTimer, 5 nodes",
    "explain/decision/48203.1, aws-spark-spot 4 → 12"
  })
  void explainsEveryKindOfRow(String path, String title) {
    JsonNode why = get(path, null);
    assertThat(why.path("kind").asString()).isEqualTo("Explanation");
    assertThat(why.path("title").asString()).contains(title);
    assertThat(why.path("code").asString()).isNotEmpty();
    assertThat(why.path("facts").size()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain/pod/etl/no-such-pod",
        "explain/pod/etl",
        "explain/node/none",
        "explain/scaler/a/b",
        "explain/group/none",
        "explain/kept/None",
        "explain/decision/1.1",
        "explain",
        "explain/planet/x",
        "state/x",
        ""
      })
  void saysThatItKnowsNothingOfTheRest(String path) {
    assertThat(api.answer("/api/v1/" + path, null).status()).isEqualTo(404);
  }

  @Test
  void showsAPastDecisionThatChangedSomething() {
    DecisionHistory history = FakeCluster.burstPreview();
    history.ticked(FakeCluster.quiet(48_214));
    DashboardApi later = new DashboardApi(history);
    Answer past = later.answer("/api/v1/state", "at=48203");
    assertThat(JsonMapper.shared().readTree(past.body()).path("id").asLong()).isEqualTo(48_203);
    assertThat(later.answer("/api/v1/state", "at=48214").status()).isEqualTo(200);
    assertThat(later.answer("/api/v1/state", "at=7").status()).isEqualTo(404);
    assertThat(later.answer("/api/v1/state", "at=now").status()).isEqualTo(400);
    assertThat(later.answer("/api/v1/explain/group/x", "at=48203").status()).isEqualTo(404);
  }

  @Test
  void writesTheWholePlan() {
    JsonNode plan = get("plan", null);
    assertThat(plan.path("kind").asString()).isEqualTo("Plan");
    assertThat(plan.path("unhelped").size()).isEqualTo(42);
  }

  @Test
  void filtersAndPagesTheLog() {
    assertThat(get("decisions", null).path("decisions").size()).isEqualTo(6);
    assertThat(get("decisions", "kind=up").path("decisions").size()).isEqualTo(2);
    assertThat(get("decisions", "q=llm-CHAT").path("decisions").size()).isEqualTo(1);
    assertThat(get("decisions", "before=48203").path("decisions").size()).isZero();
    assertThat(get("decisions/48203", null).path("decisions").size()).isEqualTo(6);
    JsonNode page = get("decisions", "limit=2");
    assertThat(page.path("decisions").size()).isEqualTo(2);
    assertThat(page.path("more").asInt()).isEqualTo(4);
  }

  @Test
  void pagesTheMembersOfARow() {
    String key = get("state", null).at("/pending/groups/0/key").asString();
    JsonNode first = get("pending/" + key + "/pods", "limit=30");
    assertThat(first.path("pods").size()).isEqualTo(30);
    assertThat(first.path("total").asInt()).isEqualTo(33);
    JsonNode rest = get("pending/" + key + "/pods", "limit=30&continue=" + first.path("continue"));
    assertThat(rest.path("pods").size()).isEqualTo(3);
    assertThat(rest.has("continue")).isFalse();
    assertThat(get("nodes", "kept=DisruptionBudget&group=aws-general").path("total").asInt())
        .isEqualTo(4);
  }
}
