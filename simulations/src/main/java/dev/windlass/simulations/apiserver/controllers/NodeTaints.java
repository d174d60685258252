package dev.windlass.simulations.apiserver.controllers;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.ObjectWriter;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import dev.windlass.simulations.apiserver.store.Change;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the taints of nodes in step with their readiness and with {@code spec.unschedulable}. */
final class NodeTaints implements AutoCloseable {
  private static final String PREFIX = "node.kubernetes.io/";
  private final ResourceType type;
  private final ObjectStore store;
  private final ObjectWriter writer;
  private final Worker<String> worker;

  NodeTaints(Types types, ObjectStore store, ObjectWriter writer) {
    this.type = types.builtIn("", "nodes");
    this.store = store;
    this.writer = writer;
    worker = new Worker<>("node-taints", this::update);
    store.onChange(this::changed);
    worker.start();
  }

  private void changed(Change change) {
    if (change.type().equals(type) && change.after() != null) {
      worker.add(change.key().name());
    }
  }

  private void update(String name) {
    if (store.get(type, new ObjectKey("", name)).isPresent()) {
      writer.change(
          new Target(type, "", name, ""),
          NodeTaints::tainted,
          Mode.PATCH,
          WriteOptions.internal("kube-controller-manager"));
    }
  }

  /** The node with the taints that fit it. */
  static ObjectNode tainted(ObjectNode node) {
    String ready = "";
    for (JsonNode condition : Json.at(node, "status", "conditions")) {
      if (Json.string(condition, "type").equals("Ready")) {
        ready = Json.string(condition, "status");
      }
    }
    set(node, "not-ready", ready.equals("False") || ready.isEmpty());
    set(node, "unreachable", ready.equals("Unknown"));
    set(node, "unschedulable", Json.isTrue(node, "spec", "unschedulable"));
    return node;
  }

  private static void set(ObjectNode node, String name, boolean wanted) {
    ObjectNode spec = Json.child(node, "spec");
    ArrayNode taints = Json.list(spec, "taints");
    boolean found = false;
    for (int i = taints.size() - 1; i >= 0; i--) {
      JsonNode taint = taints.get(i);
      boolean same =
          Json.string(taint, "key").equals(PREFIX + name)
              && Json.string(taint, "effect").equals("NoSchedule");
      found |= same;
      if (same && !wanted) {
        taints.remove(i);
      }
    }
    if (wanted && !found) {
      taints.addObject().put("key", PREFIX + name).put("effect", "NoSchedule");
    }
    if (taints.isEmpty()) {
      spec.remove("taints");
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
