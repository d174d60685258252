package dev.windlass.daemon;

import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.cloud.CallRates;
import dev.windlass.daemon.cloud.CloudActionPort;
import dev.windlass.daemon.cloud.CloudCache;
import dev.windlass.daemon.cloud.CountedCalls;
import dev.windlass.daemon.cloud.GroupModes;
import dev.windlass.daemon.cloud.OpenOperations;
import dev.windlass.daemon.cloud.ProviderRegistry;
import dev.windlass.daemon.cloud.Repeating;
import dev.windlass.daemon.cloud.ResilientCallBudget;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.dashboard.DaemonFacts;
import dev.windlass.daemon.dashboard.DecisionHistory;
import dev.windlass.daemon.dashboard.FleetMetrics;
import dev.windlass.daemon.http.Health;
import dev.windlass.daemon.http.HttpEndpoints;
import dev.windlass.daemon.http.HttpSettings;
import dev.windlass.daemon.http.Probes;
import dev.windlass.daemon.kubernetes.ClusterStores;
import dev.windlass.daemon.kubernetes.EventRecorder;
import dev.windlass.daemon.kubernetes.GpuHostSteps;
import dev.windlass.daemon.kubernetes.GpuOperandApplier;
import dev.windlass.daemon.kubernetes.InformerClusterObserver;
import dev.windlass.daemon.kubernetes.KubernetesActionPort;
import dev.windlass.daemon.kubernetes.LeaderElection;
import dev.windlass.daemon.kubernetes.MetricsFetcher;
import dev.windlass.daemon.kubernetes.NodeGroupJournal;
import dev.windlass.daemon.kubernetes.OtherAutoscalersWatch;
import dev.windlass.daemon.kubernetes.ResourceStatusWriter;
import dev.windlass.engine.ActionDispatcher;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.ActionPort;
import dev.windlass.engine.ControlLoop;
import dev.windlass.engine.Instruments;
import dev.windlass.engine.TickListener;
import dev.windlass.engine.WakeUp;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole daemon, wired by hand: observe, decide, apply, and show. Runs until it is closed; acts
 * only while it is the leader.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final int MAX_ACTIONS_UNDER_WAY = 512;
  private static final Duration OTHERS_INTERVAL = Duration.ofSeconds(30);
  private static final Duration MAX_REFRESH = Duration.ofSeconds(15);

  private final DaemonSettings settings;
  private final InstantSource clock = InstantSource.system();
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final WakeUp wakeUp = new WakeUp();
  private final DecisionLines lines = new DecisionLines();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CountedCalls calls;
  private final LoopPulse pulse;
  private final Instruments instruments = new Instruments(metrics, this::failed);
  private final DecisionHistory history = DecisionHistory.of(this::facts, clock);
  private final FleetMetrics fleet = new FleetMetrics(this::leading);
  private final List<Consumer<ActionOutcome>> outcomes =
      new CopyOnWriteArrayList<>(List.of(instruments::outcome, history::outcome, lines::outcome));
  private final NodeGroupJournal journal;
  private final OpenOperations operations;
  private final LeaderElection election;
  private final InformerClusterObserver observer;
  private final LoopThread loop;
  private final HttpEndpoints http;

  private Daemon(DaemonSettings settings, KubernetesClient client) throws IOException {
    this.settings = settings;
    calls =
        new CountedCalls(
            new ResilientCallBudget(CallRates.discover(settings.providers())), metrics);
    pulse = new LoopPulse(clock, settings.pacing());
    metrics.getPrometheusRegistry().register(fleet);
    toClose.push(threads::shutdownNow);
    Thread.ofPlatform().name("rehearsal").daemon().start(Rehearsal::run);
    journal = new NodeGroupJournal(client, this::transitions, clock);
    election =
        new LeaderElection(
            client,
            settings.leaderElection(),
            identity(),
            () -> journal.highest() + 1,
            this::lead,
            this::follow);
    ClusterStores stores =
        opened(
            new ClusterStores(
                client,
                InstanceCatalogue.bundled(),
                settings.scaleTargets(),
                watchSilence(),
                wakeUp,
                LOG::warn));
    ProviderRegistry providers = opened(ProviderRegistry.discover(settings.providers(), calls));
    CloudCache clouds =
        opened(new CloudCache(providers, stores::nodeGroups, clock, wakeUp::hurry, LOG::warn));
    CloudActionPort machines = new CloudActionPort(providers, stores::nodeGroup, clouds, journal);
    operations = machines.operations();
    MetricsFetcher fetcher =
        opened(
            new MetricsFetcher(
                client, stores, settings.metricHosts(), clock, LOG::warn, wakeUp::poke));
    OtherAutoscalersWatch others = opened(new OtherAutoscalersWatch(client, clock, LOG::warn));
    observer =
        new InformerClusterObserver(stores, clouds, fetcher, settings::policy, clock, others::seen);
    ActionDispatcher dispatcher =
        new ActionDispatcher(
            port(client, machines), threads, MAX_ACTIONS_UNDER_WAY, this::finished);
    loop =
        new LoopThread(
            new ControlLoop(
                observer,
                dispatcher,
                settings::policy,
                clock,
                instruments,
                listeners(client, stores, clouds)),
            settings.pacing(),
            wakeUp);
    toClose.push(loop);
    if (!settings.dryRun()) {
      opened(new GpuOperandApplier(client, stores, this::leading, LOG::warn)).start(MAX_REFRESH);
      opened(new GpuHostSteps(client, stores, this::leading, LOG::warn)).start();
    }
    http =
        opened(
            HttpEndpoints.start(
                httpSettings(), new Probes(pulse::health, this::readiness), metrics, history));
    others.start(OTHERS_INTERVAL);
    clouds.start(refresh());
    settings.providers().keySet().forEach(clouds::startNotices);
    opened(Repeating.start("cloud-operations", refresh(), this::pollOperations, lines::failed));
    fetcher.start(refresh());
    compete();
  }

  /**
   * Starts the daemon; returns as soon as it watches the cluster.
   *
   * @param settings what it is started with
   * @param client talks to the API server; stays open when the daemon is closed
   * @throws IOException when the HTTP address can't be bound or the token can't be read
   */
  public static Daemon start(DaemonSettings settings, KubernetesClient client) throws IOException {
    return new Daemon(settings, client);
  }

  /** Where the dashboard is. */
  public URI uri() {
    return http.uri();
  }

  /** Whether it decides, or waits for the leader to fail. */
  public boolean leading() {
    return !settings.leaderElection().enabled() || election.leading();
  }

  /** What it decided lately. */
  public DecisionHistory history() {
    return history;
  }

  /** Stops deciding first, then lets go of everything in the reverse order of the start. */
  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception failure) {
        LOG.warn("closing failed", failure);
      }
    }
  }

  /** Asks for leadership when an action's turn has come, then for its group's mode. */
  private ActionPort port(KubernetesClient client, CloudActionPort machines) {
    return new LeadershipGate(
        new GroupModes(
            new KubernetesActionPort(client, machines), observer::latest, settings.dryRun()),
        this::leading);
  }

  private <T extends AutoCloseable> T opened(T resource) {
    toClose.push(resource);
    return resource;
  }

  /** A dry run writes no status and no events either. */
  private List<TickListener> listeners(
      KubernetesClient client, ClusterStores stores, CloudCache clouds) {
    List<TickListener> listeners = new ArrayList<>();
    listeners.add(pulse);
    listeners.add(lines::ticked);
    listeners.add(_ -> calls.decided());
    listeners.add(history);
    listeners.add(fleet);
    if (!settings.dryRun()) {
      EventRecorder recorder = opened(new EventRecorder(client, clock, LOG::warn));
      listeners.add(recorder);
      listeners.add(_ -> recorder.drifted(observer.drifts()));
      outcomes.add(recorder::outcome);
      listeners.add(
          opened(
              new ResourceStatusWriter(
                  client,
                  stores,
                  observer::managedElsewhere,
                  observer::drifts,
                  clouds::standing,
                  LOG::warn)));
    }
    return listeners;
  }

  private void compete() {
    if (settings.leaderElection().enabled()) {
      toClose.push(election);
      election.start();
    } else {
      lead();
    }
  }

  private void lead() {
    LOG.info("leading");
    if (settings.leaderElection().enabled() && !settings.dryRun()) {
      threads.execute(this::takeOver);
    }
    pulse.began();
    loop.begin();
  }

  /** Fences earlier leaders early; a cloud call would do it at the latest. */
  private void takeOver() {
    try {
      journal.takeOver();
      operations.resume(journal.open());
    } catch (KubernetesClientException failure) {
      LOG.warn("the node groups could not be taken over at once", failure);
    }
  }

  private void pollOperations() {
    if (leading()) {
      operations.poll();
      journal.tidy();
    }
  }

  private int transitions() {
    return settings.leaderElection().enabled() ? election.transitions() : -1;
  }

  private void follow() {
    LOG.info("no longer leading");
    loop.end();
    pulse.ended();
  }

  private void failed(RuntimeException failure) {
    lines.failed(failure);
    pulse.failed();
  }

  private void finished(ActionOutcome outcome) {
    outcomes.forEach(each -> each.accept(outcome));
    if (outcome instanceof ActionOutcome.Applied) {
      wakeUp.poke();
    }
  }

  private Health readiness() {
    List<String> unsynced = observer.unsynced();
    return unsynced.isEmpty()
        ? new Health(true, leading() ? "leading" : "standing by")
        : new Health(false, "waiting for the first list of " + String.join(", ", unsynced));
  }

  private DaemonFacts facts() {
    DaemonFacts.Mode mode =
        settings.dryRun()
            ? DaemonFacts.Mode.DRY_RUN
            : leading() ? DaemonFacts.Mode.ACTING : DaemonFacts.Mode.STANDBY;
    return new DaemonFacts("", "0.1.0", mode, "", settings.policy().staleness());
  }

  private Duration refresh() {
    Duration interval = settings.pacing().interval();
    return interval.compareTo(MAX_REFRESH) < 0 ? interval : MAX_REFRESH;
  }

  /** Early enough that a new watch has answered before the view of the cluster is too old. */
  private Duration watchSilence() {
    return settings.policy().staleness().kubernetes().multipliedBy(2).dividedBy(3);
  }

  private HttpSettings httpSettings() throws IOException {
    DaemonSettings.Http wanted = settings.http();
    String token =
        wanted.tokenFile().isEmpty() ? null : Files.readString(Path.of(wanted.tokenFile())).strip();
    return new HttpSettings(
        InetAddress.getByName(wanted.address()), wanted.port(), token, Set.of());
  }

  private static String identity() {
    return UUID.randomUUID().toString();
  }
}
