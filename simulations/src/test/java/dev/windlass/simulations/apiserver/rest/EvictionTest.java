package dev.windlass.simulations.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class EvictionTest {
  private final Types types = new Types();
  private final ObjectStore store = new ObjectStore(100);
  private final ServerClock clock =
      new ServerClock(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
  private final ObjectWriter writer = new ObjectWriter(types, store, clock);
  private final Eviction eviction =
      new Eviction(types, store, writer, new ObjectDeleter(store, clock), clock);
  private final ResourceType pods = types.builtIn("", "pods");
  private final ResourceType budgets = types.builtIn("policy", "poddisruptionbudgets");

  @BeforeEach
  void world() {
    put(types.builtIn("", "namespaces"), "", "n", "{}");
    put(types.builtIn("", "serviceaccounts"), "n", "default", "{}");
  }

  private void put(ResourceType type, String namespace, String name, String json) {
    ObjectNode object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    object.setAll((ObjectNode) Json.parse(json.replace('\'', '"')));
    Json.child(object, "metadata").put("namespace", namespace).put("name", name).put("uid", name);
    assertThat(store.create(type, new ObjectKey(namespace, name), object)).isPresent();
  }

  private void pod(String phase, String ready) {
    put(
        pods,
        "n",
        "p",
        "{'metadata':{'labels':{'app':'a'}},'spec':{'nodeName':'x','restartPolicy':'Always','containers':[{'name':'m','image':'i'}]},'status':{'phase':'%s','conditions':[{'type':'Ready','status':'%s'}]}}"
            .formatted(phase, ready));
  }

  private void budget(String name, int allowed, int healthy, String policy) {
    put(
        budgets,
        "n",
        name,
        "{'metadata':{'generation':1},'spec':{'selector':{'matchLabels':{'app':'a'}},'unhealthyPodEvictionPolicy':'%s'},'status':{'observedGeneration':1,'disruptionsAllowed':%d,'currentHealthy':%d,'desiredHealthy':2}}"
            .formatted(policy, allowed, healthy));
  }

  private void evict() {
    byte[] body = Json.bytes(Json.parse("{\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p\"}}"));
    eviction.evict(new Target(pods, "n", "p", ""), body, WriteOptions.internal("test"));
  }

  private int refusal() {
    return catchThrowableOfType(ApiFailure.class, this::evict).code();
  }

  @ParameterizedTest(name = "pod {0}, ready {1}, allowed {2}, healthy {3}, policy {4}: {5}")
  @CsvSource({
    "Running, True,  1, 2, IfHealthyBudget, evicted",
    "Running, True,  0, 2, IfHealthyBudget, 429",
    "Running, False, 0, 2, IfHealthyBudget, evicted",
    "Running, False, 0, 1, IfHealthyBudget, 429",
    "Running, False, 0, 1, AlwaysAllow,     evicted",
    "Pending, False, 0, 0, IfHealthyBudget, evicted",
    "Failed,  False, 0, 0, IfHealthyBudget, evicted",
  })
  void evictsOnlyWhatTheBudgetAllows(
      String phase, String ready, int allowed, int healthy, String policy, String expected) {
    pod(phase, ready);
    budget("b", allowed, healthy, policy);

    if (expected.equals("evicted")) {
      evict();
      assertThat(store.get(pods, new ObjectKey("n", "p")))
          .satisfies(left -> assertThat(left.isEmpty() || left.get().isBeingDeleted()).isTrue());
    } else {
      assertThat(refusal()).isEqualTo(429);
      assertThat(store.get(pods, new ObjectKey("n", "p")).orElseThrow().isBeingDeleted()).isFalse();
    }
  }

  @Test
  void takesTheDisruptionFromTheBudgetAndNotesThePod() {
    pod("Running", "True");
    budget("b", 1, 3, "IfHealthyBudget");

    evict();

    ObjectNode status =
        (ObjectNode)
            store.get(budgets, new ObjectKey("n", "b")).orElseThrow().json().path("status");
    assertThat(Json.integer(status, -1, "disruptionsAllowed")).isZero();
    assertThat(Json.string(status, "disruptedPods", "p")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(Json.string(status.path("conditions").get(0), "status")).isEqualTo("False");
  }

  @Test
  void keepsThePodWhenTwoBudgetsSelectIt() {
    pod("Running", "True");
    budget("one", 1, 3, "IfHealthyBudget");
    budget("two", 1, 3, "IfHealthyBudget");

    assertThat(refusal()).isEqualTo(500);
  }

  @Test
  void asksForARetryWhenTheStatusLagsBehindTheBudget() {
    pod("Running", "True");
    put(
        budgets,
        "n",
        "b",
        "{'metadata':{'generation':2},'spec':{'selector':{'matchLabels':{'app':'a'}}},'status':{'observedGeneration':1,'disruptionsAllowed':5}}");

    ApiFailure refusal = catchThrowableOfType(ApiFailure.class, this::evict);

    assertThat(refusal.code()).isEqualTo(429);
    assertThat(refusal.headers()).containsEntry("Retry-After", "10");
  }
}
