package dev.windlass.simulations.apiserver;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.simulations.apiserver.access.Tokens;
import dev.windlass.simulations.apiserver.controllers.Controllers;
import dev.windlass.simulations.apiserver.http.ApiHandler;
import dev.windlass.simulations.apiserver.http.Backend;
import dev.windlass.simulations.apiserver.http.Router;
import dev.windlass.simulations.apiserver.rest.ServerClock;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server in memory, on a port of the loopback interface. It answers as
 * kube-apiserver 1.36 does, as far as {@code docs/api-server-contract.md} says; nothing outlives
 * it.
 */
public final class EmbeddedApiServer implements AutoCloseable {
  private static final int BACKLOG = 256;
  private final Backend backend;
  private final Controllers controllers;
  private final HttpServer http;
  private final ExecutorService threads;
  private final @Nullable Duration compaction;
  private volatile boolean stopped;

  private EmbeddedApiServer(Builder builder) {
    // small answers must not wait for an acknowledgement
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    compaction = builder.compaction;
    Tokens tokens = new Tokens();
    builder.users.forEach(user -> tokens.add(user.token(), user.name(), user.groups()));
    backend =
        Backend.of(
            new ObjectStore(builder.history),
            new ServerClock(builder.clock),
            tokens,
            builder.versionWait);
    controllers =
        new Controllers(
            backend.types(),
            backend.store(),
            backend.writer(),
            backend.deleter(),
            backend.clock(),
            builder.controllers);
    FirstObjects.create(backend);
    threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      http =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), builder.port), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException("no port for the API server", e);
    }
    http.setExecutor(threads);
    http.createContext("/", new ApiHandler(new Router(backend, builder.aggregated, () -> stopped)));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Serves from now on. */
  public EmbeddedApiServer start() {
    http.start();
    Duration interval = compaction;
    if (interval != null) {
      threads.execute(() -> compactEvery(interval));
    }
    return this;
  }

  /** The address, such as {@code http://127.0.0.1:8080}. */
  public URI uri() {
    return URI.create(
        "http://"
            + InetAddress.getLoopbackAddress().getHostAddress()
            + ":"
            + http.getAddress().getPort());
  }

  /**
   * Refuses exact lists and continue tokens from before now, as a server does whose store was
   * compacted.
   */
  public void compact() {
    backend.store().compact(backend.store().version());
  }

  private void compactEvery(Duration interval) {
    long last = backend.store().version();
    while (!stopped) {
      try {
        Thread.sleep(interval);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
      long now = backend.store().version();
      backend.store().compact(last);
      last = now;
    }
  }

  /** Refuses watches from versions before now with 410, so that clients list again. */
  public void forgetChanges() {
    backend.store().forgetChanges();
  }

  /** Ends all watches and stops. */
  @Override
  public void close() {
    stopped = true;
    controllers.close();
    http.stop(0);
    threads.shutdownNow();
  }

  private record Account(String token, String name, List<String> groups) {}

  /** How the server is to be. */
  public static final class Builder {
    private static final int HISTORY = 100_000;
    private int port;
    private int history = HISTORY;
    private boolean controllers = true;
    private Duration versionWait = Duration.ofSeconds(3);
    private @Nullable Duration compaction;
    private InstantSource clock = InstantSource.system();
    private final List<Account> users = new ArrayList<>();
    private final List<AggregatedApi> aggregated = new ArrayList<>();

    private Builder() {}

    /** The port; 0 for a free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** A user and its bearer token; the group {@code system:masters} may do everything. */
    public Builder user(String token, String name, String... groups) {
      users.add(new Account(token, name, List.of(groups)));
      return this;
    }

    /** The time that objects bear. Time-outs of watches run in real time. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** An API that somebody else answers. */
    public Builder aggregatedApi(AggregatedApi api) {
      aggregated.add(api);
      return this;
    }

    /**
     * Whether the status of budgets and the taints of nodes are kept up to date; the default is
     * yes.
     */
    public Builder controllers(boolean value) {
      controllers = value;
      return this;
    }

    /** Compacts at this interval what was there an interval before; without it never. */
    public Builder compactEvery(Duration interval) {
      compaction = interval;
      return this;
    }

    /** How long a read waits for a version that is not there yet; 3 seconds unless told. */
    public Builder versionWait(Duration wait) {
      versionWait = wait;
      return this;
    }

    /** How many changes of each resource watches may go back. */
    public Builder history(int changes) {
      history = changes;
      return this;
    }

    /** Takes the port; {@link EmbeddedApiServer#start()} serves. */
    public EmbeddedApiServer build() {
      return new EmbeddedApiServer(this);
    }
  }
}
