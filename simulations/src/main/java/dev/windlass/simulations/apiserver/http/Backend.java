package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.access.Rbac;
import dev.windlass.simulations.apiserver.access.Tokens;
import dev.windlass.simulations.apiserver.rest.Accounts;
import dev.windlass.simulations.apiserver.rest.Binding;
import dev.windlass.simulations.apiserver.rest.BodyDecoder;
import dev.windlass.simulations.apiserver.rest.Eviction;
import dev.windlass.simulations.apiserver.rest.ObjectDeleter;
import dev.windlass.simulations.apiserver.rest.ObjectReader;
import dev.windlass.simulations.apiserver.rest.ObjectWriter;
import dev.windlass.simulations.apiserver.rest.Patches;
import dev.windlass.simulations.apiserver.rest.Scales;
import dev.windlass.simulations.apiserver.rest.ServerClock;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import java.time.Duration;

/** Everything behind the wire, put together once. */
public record Backend(
    ObjectStore store,
    Types types,
    ServerClock clock,
    Tokens tokens,
    Rbac rbac,
    BodyDecoder decoder,
    ObjectReader reader,
    ObjectWriter writer,
    ObjectDeleter deleter,
    Patches patches,
    Scales scales,
    Binding binding,
    Eviction eviction,
    Accounts accounts) {

  /** Puts it together; {@code versionWait} is how long a read waits for a version to come. */
  public static Backend of(
      ObjectStore store, ServerClock clock, Tokens tokens, Duration versionWait) {
    Types types = new Types();
    String roles = "rbac.authorization.k8s.io";
    Rbac rbac =
        new Rbac(
            store,
            new Rbac.RoleTypes(
                types.builtIn(roles, "roles"),
                types.builtIn(roles, "clusterroles"),
                types.builtIn(roles, "rolebindings"),
                types.builtIn(roles, "clusterrolebindings")));
    BodyDecoder decoder = new BodyDecoder(types);
    ObjectWriter writer = new ObjectWriter(types, store, clock);
    ObjectDeleter deleter = new ObjectDeleter(store, clock);
    Patches patches = new Patches(writer, decoder, store);
    return new Backend(
        store,
        types,
        clock,
        tokens,
        rbac,
        decoder,
        new ObjectReader(store, versionWait),
        writer,
        deleter,
        patches,
        new Scales(writer, patches),
        new Binding(writer, clock),
        new Eviction(types, store, writer, deleter, clock),
        new Accounts(store, tokens, clock));
  }
}
