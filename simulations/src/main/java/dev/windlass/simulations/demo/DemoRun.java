package dev.windlass.simulations.demo;

import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.simulations.world.MetricsApis;
import dev.windlass.simulations.world.Pace;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One morning: the stage, the daemon on it, and those who watch. */
final class DemoRun implements AutoCloseable {
  /** In which the first machines boot and the daemon takes the lead, before the clock starts. */
  private static final Duration PROLOGUE = Duration.ofSeconds(4);

  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration LONGEST_OF_WORLD = Duration.ofHours(3);
  private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(4);

  private final InstantSource clock;
  private final Pace pace;
  private final OwnSources sources;
  private final DemoStage stage;
  private final KubernetesClient daemonClient;
  private final Daemon daemon;
  private final DecisionFeed feed;
  private final ClusterWatch watch;
  private final DemoAuditor auditor;
  private final BackToMinimum goal;
  private final ScenarioPlayer player;
  private final Timeline timeline;
  private final StatusPanel panel;
  private final Screen screen;

  DemoRun(DemoOptions options, Screen screen, InstantSource clock) throws IOException {
    this.clock = clock;
    this.screen = screen;
    MetricsApis metrics = new MetricsApis(clock);
    sources = new OwnSources(metrics);
    Scenario scenario =
        ProviderScenario.in(options.provider(), sources.adapted(Scenario.morning()));
    pace = new Pace(clock.instant().plus(PROLOGUE), options.speed());
    stage = new DemoStage(scenario, options.provider(), metrics, pace, clock);
    watch = new ClusterWatch(stage.admin());
    timeline = new Timeline(screen, pace, clock);
    timeline.follow(watch);
    goal =
        new BackToMinimum(
            watch, stage.fleet(), Installation.minNodes(scenario), minReplicas(scenario));
    player =
        new ScenarioPlayer(
            scenario, new Installation(stage.admin()), new ScaledResources(pace), pace);
    daemonClient = KubernetesClients.of(Clients.config(stage.apiServer(), Clients.DAEMON));
    daemon = Daemon.start(settings(options), daemonClient);
    feed = new DecisionFeed(daemon.uri());
    auditor = new DemoAuditor(watch, rules());
    panel = new StatusPanel(watch, stage.fleet(), daemon.uri().toString());
    timeline.tell("demo", "dashboard at " + daemon.uri());
    timeline.tell("demo", sources.sentence());
    timeline.tell("demo", "one second is %.0f seconds of the morning".formatted(options.speed()));
  }

  private static Map<String, Integer> minReplicas(Scenario scenario) {
    Map<String, Integer> minReplicas = new HashMap<>();
    scenario.initial().stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .forEach(it -> minReplicas.put(Pods.key(it), it.getSpec().getReplicas()));
    return minReplicas;
  }

  private List<AuditRule> rules() {
    return List.of(
        new EveryPodRan(),
        new OrderedWithReplicas("ml/model-server", "gpu-inference", stage.fleet(), feed),
        new GangWhole("fine-tune", 4, "gpu-training", stage.fleet(), clock),
        new BudgetsHeld(watch),
        new TaintBeforeEviction(stage.admin()),
        new MachineBeforeNode(stage.fleet(), clock, watch),
        goal);
  }

  private DaemonSettings settings(DemoOptions options) {
    DaemonSettings read = read();
    return new DaemonSettings(
        new ScaledResources(pace).policy(read.policy()),
        read.pacing(),
        new DaemonSettings.Http("127.0.0.1", options.port(), ""),
        read.leaderElection(),
        stage.providers(),
        sources.hosts(),
        List.of(),
        false);
  }

  private static DaemonSettings read() {
    try (InputStream stream = DemoRun.class.getResourceAsStream("configuration.yaml")) {
      Parsed<DaemonSettings> parsed =
          Configuration.parse(YAMLMapper.builder().build().readTree(stream));
      return switch (parsed) {
        case Parsed.Ok<DaemonSettings> ok -> ok.value();
        case Parsed.Bad<DaemonSettings> bad ->
            throw new IllegalStateException("the demo's configuration: " + bad.problems());
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Plays until the cluster is back at its minimum, or for too long; says whether all is well. */
  boolean playOnce() throws InterruptedException {
    Instant limit = clock.instant().plus(limit());
    while (clock.instant().isBefore(limit)) {
      step();
      if (player.isOver(clock.instant()) && goal.violations().isEmpty()) {
        break;
      }
      Thread.sleep(STEP);
    }
    return report();
  }

  /** Plays until the thread is interrupted. */
  void play() throws InterruptedException {
    boolean told = false;
    while (true) {
      step();
      if (!told && player.isOver(clock.instant()) && goal.violations().isEmpty()) {
        told = true;
        report();
        timeline.tell("demo", "the dashboard stays; press Ctrl-C to end");
      }
      Thread.sleep(STEP);
    }
  }

  private Duration limit() {
    Duration limit = pace.real(LONGEST_OF_WORLD);
    return limit.compareTo(SHORTEST_LIMIT) > 0 ? limit : SHORTEST_LIMIT;
  }

  private void step() throws InterruptedException {
    player.step(clock.instant());
    feed.poll().forEach(timeline::decided);
    stage
        .takeFailures()
        .forEach(failure -> timeline.tell("world", "unexpected answer: " + failure));
    screen.status(panel.lines(timeline.now()));
  }

  private boolean report() {
    screen.status(List.of());
    boolean kept = true;
    for (DemoAuditor.Finding finding : auditor.findings()) {
      timeline.tell(finding.kept() ? "kept" : "BROKEN", finding.promise());
      finding.violations().forEach(violation -> timeline.tell("", violation));
      kept &= finding.kept();
    }
    return kept;
  }

  @Override
  public void close() {
    feed.close();
    daemon.close();
    daemonClient.close();
    watch.close();
    stage.close();
    sources.close();
  }
}
