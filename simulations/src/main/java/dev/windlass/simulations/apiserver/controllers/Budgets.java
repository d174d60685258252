package dev.windlass.simulations.apiserver.controllers;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.BudgetCondition;
import dev.windlass.simulations.apiserver.rest.ObjectWriter;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import dev.windlass.simulations.apiserver.rest.ServerClock;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import dev.windlass.simulations.apiserver.store.Change;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the status of disruption budgets up to date with the pods they select. */
final class Budgets implements AutoCloseable {
  private final ResourceType type;
  private final ObjectStore store;
  private final ObjectWriter writer;
  private final ServerClock clock;
  private final BudgetCount count;
  private final Worker<String> worker;

  Budgets(Types types, ObjectStore store, ObjectWriter writer, ServerClock clock) {
    this.type = types.builtIn("policy", "poddisruptionbudgets");
    this.store = store;
    this.writer = writer;
    this.clock = clock;
    this.count = new BudgetCount(types, store);
    worker = new Worker<>("budgets", this::update);
    store.onChange(this::changed);
    worker.start();
  }

  private void changed(Change change) {
    String plural = change.type().plural();
    boolean counts =
        change.type().isPod()
            || change.type().equals(type)
            || plural.equals("deployments")
            || plural.equals("replicasets")
            || plural.equals("statefulsets");
    if (counts) {
      worker.add(change.key().namespace());
    }
  }

  private void update(String namespace) {
    List<StoredObject> budgets = store.list(type, namespace).objects();
    for (StoredObject budget : budgets) {
      String name = Json.string(budget.json(), "metadata", "name");
      writer.change(
          new Target(type, namespace, name, "status"),
          current -> counted(current, namespace),
          Mode.PATCH,
          WriteOptions.internal("kube-controller-manager"));
    }
  }

  private ObjectNode counted(ObjectNode budget, String namespace) {
    ObjectNode status = Json.child(budget, "status");
    dropGone(status, namespace);
    BudgetCount.Result result = count.of(budget, namespace, status.path("disruptedPods"));
    long generation = Json.integer(budget, 1, "metadata", "generation");
    status.set("observedGeneration", Json.number(generation));
    status.set("disruptionsAllowed", Json.number(result.allowed()));
    status.set("currentHealthy", Json.number(result.healthy()));
    status.set("desiredHealthy", Json.number(result.desired()));
    status.set("expectedPods", Json.number(result.expected()));
    BudgetCondition.set(status, result.allowed() > 0, generation, clock.now());
    return budget;
  }

  /** A disrupted pod is remembered until its deletion shows. */
  private void dropGone(ObjectNode status, String namespace) {
    if (status.path("disruptedPods") instanceof ObjectNode disrupted) {
      for (String pod : List.copyOf(disrupted.propertyNames())) {
        JsonNode there = count.pod(namespace, pod);
        if (there.isMissingNode() || there.path("metadata").has("deletionTimestamp")) {
          disrupted.remove(pod);
        }
      }
      if (disrupted.isEmpty()) {
        status.remove("disruptedPods");
      }
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
