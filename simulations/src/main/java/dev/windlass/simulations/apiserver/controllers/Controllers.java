package dev.windlass.simulations.apiserver.controllers;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.rest.ObjectDeleter;
import dev.windlass.simulations.apiserver.rest.ObjectWriter;
import dev.windlass.simulations.apiserver.rest.ServerClock;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import dev.windlass.simulations.apiserver.store.Change;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Starts the controllers and stops them. */
public final class Controllers implements AutoCloseable {
  private final Types types;
  private final ObjectWriter writer;
  private final List<AutoCloseable> running = new ArrayList<>();

  /** Starts; {@code all} adds the ones for budgets and node taints to those the server needs. */
  public Controllers(
      Types types,
      ObjectStore store,
      ObjectWriter writer,
      ObjectDeleter deleter,
      ServerClock clock,
      boolean all) {
    this.types = types;
    this.writer = writer;
    new Definitions(types, store, clock);
    store.onChange(this::account);
    running.add(new GarbageCollector(types, store, writer, deleter));
    running.add(new NamespaceEnd(types, store, writer, deleter));
    if (all) {
      running.add(new Budgets(types, store, writer, clock));
      running.add(new NodeTaints(types, store, writer));
    }
  }

  /** Each new namespace gets its default service account. */
  private void account(Change change) {
    if (change.type().isNamespace() && change.before() == null) {
      ObjectNode account = Json.object().put("kind", "ServiceAccount").put("apiVersion", "v1");
      account.putObject("metadata").put("name", "default");
      writer.create(
          new Target(types.builtIn("", "serviceaccounts"), change.key().name(), "default", ""),
          account,
          WriteOptions.internal("kube-controller-manager"));
    }
  }

  @Override
  public void close() {
    for (AutoCloseable one : running) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("a controller did not stop", e);
      }
    }
  }
}
