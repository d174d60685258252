package dev.windlass.daemon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Source;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.engine.Tick;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DashboardStateTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static JsonNode state(Tick tick) {
    DecisionHistory history = FakeCluster.history();
    history.ticked(tick);
    return JSON.readTree(DashboardState.of(history.view().orElseThrow()).body());
  }

  private static List<String> texts(JsonNode array, String field) {
    return array.valueStream().map(row -> row.path(field).asString()).toList();
  }

  private static Unhelped refused(ObjectKey pod, UnhelpedRule... rules) {
    List<Unhelped.Reason> reasons = new ArrayList<>();
    for (int i = 0; i < rules.length; i++) {
      reasons.add(new Unhelped.Reason(new NodeGroupName("g" + i), rules[i], "says " + rules[i]));
    }
    return new Unhelped(pod, reasons);
  }

  @Test
  void saysThatNothingIsPendingInAQuietCluster() {
    JsonNode state = state(FakeCluster.quiet(3));
    assertThat(state.at("/verdict/message").asString()).isEqualTo("Nothing is pending.");
    assertThat(state.at("/verdict/outcome").asString()).isEqualTo("ok");
    assertThat(state.at("/verdict/story").asString()).isEqualTo("This decision changes nothing.");
    assertThat(state.at("/pending/groups").size()).isZero();
    assertThat(state.at("/id").asLong()).isEqualTo(3);
  }

  @Test
  void givesTheSameBytesForTheSameHistory() {
    DecisionHistory first = FakeCluster.burstPreview();
    DecisionHistory second = FakeCluster.burstPreview();
    assertThat(DashboardState.of(first.view().orElseThrow()).body())
        .isEqualTo(DashboardState.of(second.view().orElseThrow()).body());
  }

  @Test
  void joinsPodsOfOneOwnerShapeAndReasonIntoOneRow() {
    FakeCluster cluster = new FakeCluster();
    List<ObjectKey> small = cluster.pending("shop", "web", 3, FakeCluster.asks(500, 1, 0), 20);
    List<ObjectKey> large = cluster.pending("shop", "batch", 1, FakeCluster.asks(4000, 8, 1), 60);
    cluster.scaleUp =
        new ScaleUpPlan(
            List.of(),
            List.of(),
            List.of(
                refused(small.get(0), UnhelpedRule.MAX_SIZE),
                refused(small.get(1), UnhelpedRule.MAX_SIZE),
                refused(small.get(2), UnhelpedRule.MAX_SIZE),
                refused(large.getFirst(), UnhelpedRule.TAINT)),
            List.of());
    JsonNode groups = state(cluster.tick(1)).at("/pending/groups");
    assertThat(texts(groups, "owner")).containsExactly("shop/web", "shop/batch");
    assertThat(texts(groups, "ownerKind")).containsOnly("Deployment");
    assertThat(texts(groups, "pods")).containsExactly("3", "1");
    assertThat(texts(groups, "requests")).containsExactly("0.5 cpu, 1 GiB", "4 cpu, 8 GiB, 1 GPU");
    assertThat(texts(groups, "since"))
        .containsExactly("2026-05-12T09:47:10Z", "2026-05-12T09:46:30Z");
  }

  @Test
  void waitsForWhatEndsByItselfEvenIfOtherGroupsNeedAPerson() {
    FakeCluster cluster = new FakeCluster();
    List<ObjectKey> pods = cluster.pending("ml", "train", 2, FakeCluster.asks(1000, 1, 1), 5);
    NodeGroupName group = new NodeGroupName("g1");
    cluster.backoffs.put(
        group,
        new Backoff(
            FakeCluster.NOW.plusSeconds(75),
            2,
            new CloudFailure(CloudFailure.Cause.CAPACITY, "sold out")));
    cluster.scaleUp =
        new ScaleUpPlan(
            List.of(),
            List.of(),
            List.of(
                refused(pods.get(0), UnhelpedRule.MAX_SIZE, UnhelpedRule.BACKOFF),
                refused(pods.get(1), UnhelpedRule.TAINT, UnhelpedRule.MAX_SIZE)),
            List.of());
    JsonNode groups = state(cluster.tick(1)).at("/pending/groups");
    assertThat(texts(groups, "outcome")).containsExactly("need", "wait");
    assertThat(texts(groups, "rule")).containsExactly("MaxSize", "Backoff");
    assertThat(groups.get(1).path("runs").asString()).isEqualTo("Next try 09:48:45");
    assertThat(groups.get(0).path("nearest").asString()).isEqualTo("g1");
  }

  @Test
  void countsPodsByWhatTheyWaitFor() {
    FakeCluster cluster = new FakeCluster();
    List<ObjectKey> pods = cluster.pending("shop", "web", 3, FakeCluster.asks(500, 1, 0), 20);
    cluster.scaleUp =
        new ScaleUpPlan(
            List.of(),
            List.of(new PodPlacement.OnNewNode(pods.get(2), new NodeGroupName("g"), 1)),
            List.of(
                refused(pods.get(0), UnhelpedRule.MAX_SIZE),
                refused(pods.get(1), UnhelpedRule.GANG)),
            List.of());
    JsonNode state = state(cluster.tick(1));
    assertThat(state.at("/verdict/message").asString())
        .isEqualTo("1 pod needs you, 1 has a node coming, 1 waits.");
    assertThat(state.at("/pending/totals/pods").asInt()).isEqualTo(3);
    assertThat(state.at("/series/0/need").asInt()).isEqualTo(1);
  }

  @Test
  void keepsTheKeyOfARowFromDecisionToDecisionWhateverTheOrderOfPods() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    FakeCluster cluster = new FakeCluster();
    List<ObjectKey> pods =
        new ArrayList<>(cluster.pending("shop", "web", 9, FakeCluster.asks(500, 1, 0), 20));
    List<String> first = List.of();
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(pods, random);
      cluster.scaleUp =
          new ScaleUpPlan(
              List.of(),
              List.of(),
              pods.stream().map(pod -> refused(pod, UnhelpedRule.MAX_SIZE)).toList(),
              List.of());
      List<String> keys = texts(state(cluster.tick(1)).at("/pending/groups"), "key");
      first = first.isEmpty() ? keys : first;
      assertThat(keys).as("seed %d", seed).isEqualTo(first).hasSize(1);
    }
  }

  @Test
  void namesTheBindingRuleOfEachNodeGroupMostUrgentFirst() {
    JsonNode groups = state(PreviewScene.burst(1, FakeCluster.NOW)).at("/nodeGroups");
    assertThat(texts(groups, "title"))
        .containsExactly(
            "At maximum", "Quota", "Sold out", "Growing", "Shrinking", "Steady", "Steady");
    assertThat(groups.get(0).path("message").asString())
        .isEqualTo("Its maximum of 12 cuts off 33 pods.");
    assertThat(groups.get(0).path("coming").asInt()).isEqualTo(8);
    assertThat(groups.get(2).path("until").asString()).isEqualTo("2026-05-12T09:52:10Z");
  }

  @Test
  void leavesOutWhatHasNoPrice() {
    FakeCluster cluster = new FakeCluster();
    cluster.group("priced", 0, 1, 5, 2).readyNodes("priced", 1);
    cluster.group("secret", 0, 2, 5, -1).readyNodes("secret", 2);
    JsonNode state = state(cluster.tick(1));
    assertThat(state.at("/hourlyCost/before").asDouble()).isEqualTo(2);
    assertThat(state.at("/hourlyCost/nodesWithoutPrice").asInt()).isEqualTo(2);
    assertThat(state.at("/nodeGroups/1/name").asString()).isEqualTo("secret");
    assertThat(state.at("/nodeGroups/1").has("price")).isFalse();
    assertThat(state.at("/nodeGroups/1").has("hourlyCost")).isFalse();
  }

  @Test
  void saysWhichSourceIsStaleAndWhatThatHoldsBack() {
    FakeCluster cluster = new FakeCluster();
    cluster.observedAt.put(Source.CLOUD, FakeCluster.NOW.minusSeconds(181));
    cluster.observedAt.remove(Source.METRICS);
    JsonNode sources = state(cluster.tick(1)).at("/sources");
    assertThat(texts(sources, "stale")).containsExactly("false", "true", "true");
    assertThat(sources.get(1).at("/blocks/0").asString()).isEqualTo("removals wait");
    assertThat(sources.get(2).has("observedAt")).isFalse();
  }

  @Test
  void showsGpuMachinesFailedFirstThenLateThenRunningThenReady() {
    JsonNode gpu = state(PreviewScene.burst(1, FakeCluster.NOW)).at("/gpu");
    assertThat(texts(gpu, "state")).containsExactly("need", "wait", "come", "come", "ok");
    assertThat(texts(gpu, "title"))
        .containsExactly("Failed in Driver", "Validating", "Driver", "Launching", "Ready");
    JsonNode failed = gpu.get(0).path("phases");
    assertThat(texts(failed, "phase")).containsExactly("Launching", "Registering", "Driver");
    assertThat(failed.get(1).path("endedAt").asString())
        .isEqualTo(failed.get(2).path("startedAt").asString());
    assertThat(gpu.get(1).path("deadline").asString()).isEqualTo("2026-05-12T09:47:49Z");
  }

  @Test
  void putsAPriceOnEveryRuleThatKeepsNodes() {
    JsonNode state = state(PreviewScene.burst(1, FakeCluster.NOW));
    assertThat(texts(state.path("kept"), "reason"))
        .containsExactly("Utilized", "UnneededTimer", "DisruptionBudget", "NoPlaceForPod");
    assertThat(texts(state.path("kept"), "nodes")).containsExactly("10", "5", "4", "1");
    assertThat(state.at("/kept/0/hourlyCost").asDouble()).isEqualTo(8.064);
    assertThat(state.at("/kept/1/until").asString()).isEqualTo("2026-05-12T09:49:50Z");
  }

  @Test
  void showsScalersThatAreInTroubleFirst() {
    JsonNode state = state(PreviewScene.burst(1, FakeCluster.NOW));
    assertThat(texts(state.path("replicas"), "name"))
        .containsExactly(
            "embedder", "consumer", "gateway", "llm-chat", "checkout", "query", "storefront");
    assertThat(texts(state.path("replicas"), "title"))
        .startsWith("No metric", "TooManyReplicas", "ScaleDownLimit");
    assertThat(state.at("/replicas/0/metrics/0").has("current")).isFalse();
  }

  @Test
  void carriesAtMostTwoHundredGroupsAndCountsTheRest() {
    FakeCluster cluster = new FakeCluster();
    List<Unhelped> unhelped = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      cluster
          .pending("shop", "web" + i, 1, FakeCluster.asks(500, 1, 0), 20)
          .forEach(pod -> unhelped.add(refused(pod, UnhelpedRule.MAX_SIZE)));
    }
    cluster.scaleUp = new ScaleUpPlan(List.of(), List.of(), unhelped, List.of());
    JsonNode state = state(cluster.tick(1));
    assertThat(state.at("/pending/groups").size()).isEqualTo(200);
    assertThat(state.at("/pending/more").asInt()).isEqualTo(50);
    assertThat(state.at("/pending/totals/pods").asInt()).isEqualTo(250);
  }

  @Test
  void showsNoSecretsOrEnvironment() {
    String state =
        new String(
            DashboardState.of(FakeCluster.burstPreview().view().orElseThrow()).body(),
            StandardCharsets.UTF_8);
    assertThat(state).doesNotContain("annotations", "env", "pod-template-hash");
  }
}
