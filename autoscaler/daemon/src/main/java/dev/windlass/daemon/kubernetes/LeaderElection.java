package dev.windlass.daemon.kubernetes;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Competes for a Lease until it is closed: when leadership is lost it competes again. The callbacks
 * come from a thread of their own, one at a time.
 */
public final class LeaderElection implements AutoCloseable {
  private final KubernetesClient client;
  private final Settings settings;
  private final Runnable started;
  private final Runnable stopped;
  private final AtomicBoolean leading = new AtomicBoolean();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;
  private volatile int transitions;
  private volatile @Nullable CompletableFuture<?> election;

  /**
   * Which Lease, and for how long.
   *
   * @param namespace the Lease's namespace
   * @param name its name
   * @param identity this process, unlike any other
   * @param leaseDuration how long others wait after the last renewal
   * @param renewDeadline how long this process may fail to renew before it gives up
   * @param retryPeriod how often it renews or tries to
   */
  public record Settings(
      String namespace,
      String name,
      String identity,
      Duration leaseDuration,
      Duration renewDeadline,
      Duration retryPeriod) {
    public Settings {
      if (leaseDuration.compareTo(renewDeadline) <= 0
          || renewDeadline.compareTo(retryPeriod) <= 0) {
        throw new IllegalArgumentException(
            "need leaseDuration > renewDeadline > retryPeriod, got "
                + leaseDuration + ", " + renewDeadline + ", " + retryPeriod);
      }
    }

    /** The times that Kubernetes' own controllers use. */
    public static Settings of(String namespace, String name, String identity) {
      return new Settings(
          namespace,
          name,
          identity,
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2));
    }
  }

  /**
   * An election that has not begun.
   *
   * @param started called once each time leadership is won
   * @param stopped called once each time it is lost or given back
   */
  public LeaderElection(
      KubernetesClient client, Settings settings, Runnable started, Runnable stopped) {
    this.client = client;
    this.settings = settings;
    this.started = started;
    this.stopped = stopped;
  }

  /** Begins to compete. */
  public void start() {
    if (closed) {
      return;
    }
    CompletableFuture<?> next =
        client
            .leaderElector()
            .withConfig(
                new LeaderElectionConfigBuilder()
                    .withName(settings.name())
                    .withLock(
                        new LeaseLock(settings.namespace(), settings.name(), settings.identity()))
                    .withLeaseDuration(settings.leaseDuration())
                    .withRenewDeadline(settings.renewDeadline())
                    .withRetryPeriod(settings.retryPeriod())
                    .withReleaseOnCancel(true)
                    .withLeaderCallbacks(new LeaderCallbacks(this::won, this::lost, _ -> {}))
                    .build())
            .build()
            .start();
    election = next;
    next.whenCompleteAsync(
        (_, _) -> {
          lost();
          start();
        },
        CompletableFuture.delayedExecutor(
            settings.retryPeriod().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS, executor));
  }

  /** Whether this process is the leader, as far as it knows. */
  public boolean leading() {
    return leading.get();
  }

  /** How often the Lease had changed hands when this process won it last. */
  public int transitions() {
    return transitions;
  }

  @Override
  public void close() {
    closed = true;
    CompletableFuture<?> current = election;
    if (current != null) {
      current.cancel(true);
    }
    lost();
    executor.shutdown();
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
