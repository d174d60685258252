package dev.windlass.daemon.kubernetes;

import dev.windlass.daemon.config.DaemonSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
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
  private final IntSupplier lowest;
  private final Runnable started;
  private final Runnable stopped;
  private final AtomicBoolean leading = new AtomicBoolean();
  private volatile @Nullable TermLock lock;
  private volatile int transitions;
  private @Nullable Thread thread;

  /**
   * An election that has not begun.
   *
   * @param settings which Lease, and for how long
   * @param identity this process, unlike any other
   * @param lowest the number of changes with which a Lease that does not exist begins
   * @param started called when leadership is won
   * @param stopped called when it is lost or given back; returns once nothing is decided any more
   */
  public LeaderElection(
      KubernetesClient client,
      DaemonSettings.LeaderElection settings,
      String identity,
      IntSupplier lowest,
      Runnable started,
      Runnable stopped) {
    this.client = client;
    this.settings = settings;
    this.identity = identity;
    this.lowest = lowest;
    this.started = started;
    this.stopped = stopped;
  }

  /** Begins to compete. */
  public void start() {
    thread = Thread.ofPlatform().name("leader-election").daemon().start(this::compete);
  }

  /**
   * Whether this process is the leader: it has won the Lease and has written it within the Lease's
   * duration, so that no other can have taken it.
   */
  public boolean leading() {
    TermLock held = lock;
    if (held == null || !leading.get()) {
      return false;
    }
    TermLock.Term term = held.term();
    return term.held() && System.nanoTime() - term.writtenAt() < settings.leaseDuration().toNanos();
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
    TermLock next =
        new TermLock(settings.namespace(), settings.name(), identity, lowest, System::nanoTime);
    lock = next;
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName(settings.name())
                .withLock(next)
                .withLeaseDuration(settings.leaseDuration())
                .withRenewDeadline(settings.renewDeadline())
                .withRetryPeriod(settings.retryPeriod())
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(() -> won(next), this::lost, _ -> {}))
                .build())
        .build();
  }

  private void won(TermLock held) {
    transitions = held.term().transitions();
    if (leading.compareAndSet(false, true)) {
      started.run();
    }
  }

  private void lost() {
    if (leading.compareAndSet(true, false)) {
      stopped.run();
    }
  }
}
