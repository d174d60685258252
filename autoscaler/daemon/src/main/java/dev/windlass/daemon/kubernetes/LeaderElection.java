package dev.windlass.daemon.kubernetes;

import dev.windlass.daemon.config.DaemonSettings;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Competes for a Lease until it is closed: when leadership is lost it competes again. Each callback
 * is called once for each time that leadership is won or lost.
 */
public final class LeaderElection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  private final KubernetesClient client;
  private final DaemonSettings.LeaderElection settings;
  private final String identity;
  private final Runnable started;
  private final Runnable stopped;
  private final AtomicBoolean leading = new AtomicBoolean();
  private volatile int transitions;
  private @Nullable Thread thread;

  /**
   * An election that has not begun.
   *
   * @param settings which Lease, and for how long
   * @param identity this process, unlike any other
   * @param started called when leadership is won
   * @param stopped called when it is lost or given back; returns once nothing is decided any more
   */
  public LeaderElection(
      KubernetesClient client,
      DaemonSettings.LeaderElection settings,
      String identity,
      Runnable started,
      Runnable stopped) {
    this.client = client;
    this.settings = settings;
    this.identity = identity;
    this.started = started;
    this.stopped = stopped;
  }

  /** Begins to compete. */
  public void start() {
    thread = Thread.ofPlatform().name("leader-election").daemon().start(this::compete);
  }

  /** Whether this process is the leader, as far as it knows. */
  public boolean leading() {
    return leading.get();
  }

  /** How often the Lease had changed hands when this process won it last. */
  public int transitions() {
    return transitions;
  }

  /** Gives the Lease back. */
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(KubernetesClients.REQUEST_TIMEOUT.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void compete() {
    while (!Thread.currentThread().isInterrupted()) {
      CompletableFuture<?> term = elector().start();
      try {
        await(term);
        lost();
        TimeUnit.NANOSECONDS.sleep(settings.retryPeriod().toNanos());
      } catch (InterruptedException _) {
        lost();
        term.cancel(true);
        return;
      }
    }
  }

  /** Waits until leadership is lost, or could not be competed for. */
  private static void await(CompletableFuture<?> term) throws InterruptedException {
    try {
      term.get();
    } catch (ExecutionException | CancellationException failure) {
      LOG.warn("leader election was interrupted and begins anew", failure);
    }
  }

  private LeaderElector elector() {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName(settings.name())
                .withLock(new LeaseLock(settings.namespace(), settings.name(), identity))
                .withLeaseDuration(settings.leaseDuration())
                .withRenewDeadline(settings.renewDeadline())
                .withRetryPeriod(settings.retryPeriod())
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(this::won, this::lost, _ -> {}))
                .build())
        .build();
  }

  private void won() {
    transitions = read();
    if (leading.compareAndSet(false, true)) {
      started.run();
    }
  }

  private void lost() {
    if (leading.compareAndSet(true, false)) {
      stopped.run();
    }
  }

  private int read() {
    try {
      Lease lease =
          client.leases().inNamespace(settings.namespace()).withName(settings.name()).get();
      Integer number = lease == null ? null : lease.getSpec().getLeaseTransitions();
      return number == null ? 0 : number;
    } catch (KubernetesClientException _) {
      return transitions;
    }
  }
}
