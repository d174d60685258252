package dev.windlass.daemon.config;

import dev.windlass.core.model.Policy;
import dev.windlass.daemon.config.DaemonSettings.Http;
import dev.windlass.daemon.config.DaemonSettings.LeaderElection;
import dev.windlass.daemon.resource.Findings;
import dev.windlass.engine.Pacing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the spec of a Configuration, section by section. */
final class SettingsReader {
  private static final Duration ANY = Duration.ZERO;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final List<String> PROVIDERS = List.of("aws", "azure", "gcp", "simulated");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9][-a-z0-9.]*[a-z0-9]|[0-9a-f:]+");

  private static final Pattern SCALE_TARGET =
      Pattern.compile("[a-z0-9][-a-z0-9.]*\\.[a-z]+/v[0-9][a-z0-9]*/[A-Z][A-Za-z0-9]*");

  private final Findings findings;
  private final List<ConfigurationKey> keys;

  SettingsReader(Findings findings, List<ConfigurationKey> keys) {
    this.findings = findings;
    this.keys = keys;
  }

  DaemonSettings read(JsonNode spec) {
    Section root = new Section(spec, "", findings, keys);
    Policy policy = policy(root);
    DaemonSettings settings =
        new DaemonSettings(
            policy,
            pacing(root.section("pacing")),
            http(root.section("http")),
            leaderElection(root.section("leaderElection")),
            providers(root.section("providers")),
            metricHosts(root.section("metricSources")),
            scaleTargets(root),
            root.bool("dryRun", DaemonSettings.DEFAULT.dryRun()));
    root.close();
    return settings;
  }

  private static Policy policy(Section root) {
    return new Policy(
        scaleUp(root.section("scaleUp")),
        scaleDown(root.section("scaleDown")),
        replicas(root.section("replicas")),
        gpu(root.section("gpu")),
        staleness(root.section("staleness")),
        Policy.DEFAULT.assumeElapsed());
  }

  private static Policy.ScaleUp scaleUp(Section section) {
    Policy.ScaleUp usual = Policy.ScaleUp.DEFAULT;
    Policy.ScaleUp read =
        new Policy.ScaleUp(
            section.number("maxNewNodes", usual.maxNewNodes(), 1, 100_000),
            section.number(
                "expendableBelow", usual.expendableBelow(), -Integer.MAX_VALUE, Integer.MAX_VALUE),
            section.names("schedulerNames", usual.schedulerNames()),
            section.numbers("defaultSpread", 1, 1_000),
            section.duration("backoffInitial", usual.backoffInitial(), SECOND),
            section.duration("backoffMax", usual.backoffMax(), SECOND));
    section.requireThat(
        read.backoffMax().compareTo(read.backoffInitial()) >= 0,
        "backoffMax",
        read.backoffMax(),
        "at least backoffInitial");
    section.close();
    return read;
  }

  private static Policy.ScaleDown scaleDown(Section section) {
    Policy.ScaleDown usual = Policy.ScaleDown.DEFAULT;
    Policy.ScaleDown read =
        new Policy.ScaleDown(
            section.bool("enabled", usual.enabled()),
            section.duration("unneededTime", usual.unneededTime(), ANY),
            section.duration("unreadyTime", usual.unreadyTime(), ANY),
            section.duration("delayAfterAdd", usual.delayAfterAdd(), ANY),
            section.duration("drainTimeout", usual.drainTimeout(), ANY),
            section.share("utilizationThreshold", usual.utilizationThreshold()),
            new Policy.ScaleDown.Limits(
                section.number("maxEmpty", usual.limits().maxEmpty(), 0, 10_000),
                section.number("maxDraining", usual.limits().maxDraining(), 0, 10_000),
                section.number("maxCandidates", usual.limits().maxCandidates(), 0, 100_000)));
    section.close();
    return read;
  }

  private static Policy.Replicas replicas(Section section) {
    Policy.Replicas usual = Policy.Replicas.DEFAULT;
    Policy.Replicas read =
        new Policy.Replicas(
            section.share("tolerance", usual.tolerance()),
            section.duration("downscaleStabilization", usual.downscaleStabilization(), ANY),
            section.duration("cpuInitializationPeriod", usual.cpuInitializationPeriod(), ANY),
            section.duration("initialReadinessDelay", usual.initialReadinessDelay(), ANY),
            section.duration("syncPeriod", usual.syncPeriod(), SECOND));
    section.close();
    return read;
  }

  private static Policy.GpuBootstrap gpu(Section section) {
    Policy.GpuBootstrap read =
        new Policy.GpuBootstrap(
            section.bool("replaceFailed", Policy.GpuBootstrap.DEFAULT.replaceFailed()));
    section.close();
    return read;
  }

  private static Policy.Staleness staleness(Section section) {
    Policy.Staleness usual = Policy.Staleness.DEFAULT;
    Policy.Staleness read =
        new Policy.Staleness(
            section.duration("kubernetes", usual.kubernetes(), SECOND),
            section.duration("cloud", usual.cloud(), SECOND),
            section.duration("metrics", usual.metrics(), SECOND));
    section.close();
    return read;
  }

  private static Pacing pacing(Section section) {
    Pacing usual = Pacing.DEFAULT;
    Pacing read =
        new Pacing(
            section.duration("interval", usual.interval(), Duration.ofMillis(100)),
            section.duration("gather", usual.gather(), ANY));
    section.requireThat(
        read.gather().compareTo(read.interval()) <= 0, "gather", read.gather(), "at most interval");
    section.close();
    return read;
  }

  private static Http http(Section section) {
    Http usual = Http.DEFAULT;
    Http read =
        new Http(
            section.text("address", usual.address()),
            section.number("port", usual.port(), 0, 65_535),
            section.text("tokenFile", usual.tokenFile()));
    section.requireThat(
        LOOPBACK.contains(read.address()) || !read.tokenFile().isEmpty(),
        "tokenFile",
        "",
        "a file with a token, since " + read.address() + " is not a loopback address");
    section.close();
    return read;
  }

  private static LeaderElection leaderElection(Section section) {
    LeaderElection usual = LeaderElection.DEFAULT;
    LeaderElection read =
        new LeaderElection(
            section.bool("enabled", usual.enabled()),
            section.text("namespace", usual.namespace()),
            section.text("name", usual.name()),
            section.duration("leaseDuration", usual.leaseDuration(), SECOND),
            section.duration("renewDeadline", usual.renewDeadline(), SECOND),
            section.duration("retryPeriod", usual.retryPeriod(), Duration.ofMillis(100)));
    section.requireThat(
        read.leaseDuration().compareTo(read.renewDeadline()) > 0,
        "leaseDuration",
        read.leaseDuration(),
        "longer than renewDeadline");
    section.requireThat(
        read.renewDeadline().compareTo(read.retryPeriod()) > 0,
        "renewDeadline",
        read.renewDeadline(),
        "longer than retryPeriod");
    section.close();
    return read;
  }

  private static List<String> metricHosts(Section section) {
    List<String> hosts = section.list("allowedHosts");
    for (String host : hosts) {
      section.requireThat(
          HOST.matcher(host).matches(),
          "allowedHosts",
          host,
          "a host in lower case without scheme and port, an IP address, or *. and a domain");
    }
    section.close();
    return hosts;
  }

  private static List<String> scaleTargets(Section root) {
    List<String> kinds = root.list("scaleTargets");
    for (String kind : kinds) {
      root.requireThat(
          SCALE_TARGET.matcher(kind).matches(),
          "scaleTargets",
          kind,
          "GROUP/VERSION/KIND, for instance argoproj.io/v1alpha1/Rollout");
    }
    return kinds;
  }

  private static Map<String, Map<String, String>> providers(Section section) {
    Map<String, Map<String, String>> providers = new TreeMap<>();
    for (String kind : PROVIDERS) {
      Map<String, String> settings = section.texts(kind);
      if (!settings.isEmpty()) {
        providers.put(kind, Map.copyOf(settings));
      }
    }
    section.close();
    return providers;
  }
}
