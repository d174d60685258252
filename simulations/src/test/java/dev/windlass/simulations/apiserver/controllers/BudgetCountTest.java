package dev.windlass.simulations.apiserver.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.controllers.BudgetCount.Result;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The numbers are those that the real disruption controller wrote for four ready pods. */
class BudgetCountTest {
  private final Types types = new Types();
  private final ObjectStore store = new ObjectStore(100);
  private final BudgetCount count = new BudgetCount(types, store);

  @BeforeEach
  void fourReadyPodsOfADeploymentAndABareOne() {
    put(types.builtIn("apps", "deployments"), "d", "{'kind':'Deployment','spec':{'replicas':4}}");
    put(
        types.builtIn("apps", "replicasets"),
        "r",
        "{'kind':'ReplicaSet','metadata':{'ownerReferences':["
            + owner("Deployment", "d")
            + "]},'spec':{'replicas':4}}");
    for (int i = 0; i < 4; i++) {
      pod("web" + i, "web", owner("ReplicaSet", "r"));
    }
    pod("bare", "bare", "");
  }

  private static String owner(String kind, String name) {
    return "{'apiVersion':'apps/v1','kind':'%s','name':'%s','uid':'%s','controller':true}"
        .formatted(kind, name, name);
  }

  private void pod(String name, String app, String owner) {
    put(
        types.builtIn("", "pods"),
        name,
        "{'kind':'Pod','metadata':{'labels':{'app':'%s'},'ownerReferences':[%s]},'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}"
            .formatted(app, owner));
  }

  private void put(ResourceType type, String name, String json) {
    ObjectNode object = (ObjectNode) Json.parse(json.replace('\'', '"'));
    Json.child(object, "metadata").put("namespace", "n").put("name", name).put("uid", name);
    assertThat(store.create(type, new ObjectKey("n", name), object)).isPresent();
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          'minAvailable':3       | web    | 4 | 3 | 4 | 1
          'minAvailable':'60%'   | web    | 4 | 3 | 4 | 1
          'maxUnavailable':1     | web    | 4 | 3 | 4 | 1
          'maxUnavailable':'30%' | web    | 4 | 2 | 4 | 2
          'maxUnavailable':0     | web    | 4 | 4 | 4 | 0
          'minAvailable':9       | web    | 4 | 9 | 4 | 0
          'unset':0              | web    | 0 | 0 | 4 | 0
          'maxUnavailable':1     | absent | 0 | 0 | 0 | 0
          'minAvailable':1       | bare   | 1 | 1 | 1 | 0
          'maxUnavailable':1     | bare   | 0 | 0 | 1 | 0
          """)
  void countsAsTheDisruptionControllerDoes(
      String rule, String app, int expected, int desired, int healthy, int allowed) {
    String budget = "{'spec':{" + rule + ",'selector':{'matchLabels':{'app':'" + app + "'}}}}";

    Result result = count.of(Json.parse(budget.replace('\'', '"')), "n", Json.object());

    assertThat(result).isEqualTo(new Result(expected, desired, healthy, allowed));
  }

  @ParameterizedTest
  @CsvSource({"True,false,false", "False,false,true", "True,true,true"})
  void taintsANodeThatIsNotReadyOrCordoned(String ready, boolean cordoned, boolean tainted) {
    ObjectNode node =
        (ObjectNode)
            Json.parse(
                "{\"spec\":{\"unschedulable\":%s},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"%s\"}]}}"
                    .formatted(cordoned, ready));

    assertThat(NodeTaints.tainted(node).path("spec").has("taints")).isEqualTo(tainted);
  }
}
