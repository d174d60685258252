package dev.windlass.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Policy;
import dev.windlass.daemon.resource.FieldProblem;
import dev.windlass.daemon.resource.Parsed;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ConfigurationTest {
  private static final String HEAD = "apiVersion: windlass.dev/v1alpha1\nkind: Configuration\n";
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private static Parsed<DaemonSettings> parse(String rest) {
    return Configuration.parse(MAPPER.readTree(HEAD + rest));
  }

  private static DaemonSettings ok(String rest) {
    return switch (parse(rest)) {
      case Parsed.Ok<DaemonSettings> ok -> ok.value();
      case Parsed.Bad<DaemonSettings> bad -> throw new AssertionError(bad.message());
    };
  }

  private static List<FieldProblem> problems(String rest) {
    return switch (parse(rest)) {
      case Parsed.Ok<DaemonSettings> ok -> throw new AssertionError("expected problems: " + ok);
      case Parsed.Bad<DaemonSettings> bad -> bad.problems();
    };
  }

  @Test
  void emptyConfigurationIsTheDefault() {
    assertThat(ok("")).isEqualTo(DaemonSettings.DEFAULT);
    assertThat(ok("spec: {scaleUp: {}, http: null}")).isEqualTo(DaemonSettings.DEFAULT);
  }

  @Test
  void givenKeysWinAndOthersKeepTheirDefaults() {
    DaemonSettings settings =
        ok(
            """
            spec:
              scaleDown: {unneededTime: 90s, maxDraining: 7}
              replicas: {tolerance: 0.05}
              http: {address: 0.0.0.0, tokenFile: /etc/windlass/token}
              providers: {aws: {region: eu-west-1, pageSize: 50}}
              scaleTargets: [argoproj.io/v1alpha1/Rollout]
              dryRun: true
            """);
    Policy.ScaleDown usual = Policy.ScaleDown.DEFAULT;
    assertThat(settings.policy().scaleDown())
        .isEqualTo(
            new Policy.ScaleDown(
                usual.enabled(),
                Duration.ofSeconds(90),
                usual.unreadyTime(),
                usual.delayAfterAdd(),
                usual.drainTimeout(),
                usual.utilizationThreshold(),
                new Policy.ScaleDown.Limits(
                    usual.limits().maxEmpty(), 7, usual.limits().maxCandidates())));
    assertThat(settings.policy().replicas().tolerance()).isEqualTo(0.05);
    assertThat(settings.http().address()).isEqualTo("0.0.0.0");
    assertThat(settings.providers())
        .isEqualTo(Map.of("aws", Map.of("region", "eu-west-1", "pageSize", "50")));
    assertThat(settings.scaleTargets()).containsExactly("argoproj.io/v1alpha1/Rollout");
    assertThat(settings.dryRun()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec: {scaleup: {}} | spec.scaleup | did you mean scaleUp?",
        "spec: {scaleDown: {uneededTime: 5m}} | spec.scaleDown.uneededTime | unneededTime?",
        "spec: {providers: {oracle: {}}} | spec.providers.oracle | one of aws, azure, gcp",
        "spec: {scaleUp: 5} | spec.scaleUp | a map of fields",
        "spec: [] | spec | a map of fields",
        "spce: {} | spce | did you mean spec?",
        "spec: {scaleUp: {maxNewNodes: many}} | spec.scaleUp.maxNewNodes | a whole number from 1",
        "spec: {scaleUp: {maxNewNodes: 0}} | spec.scaleUp.maxNewNodes | a whole number from 1",
        "spec: {scaleUp: {backoffMax: 10s}} | spec.scaleUp.backoffMax | at least backoffInitial",
        "spec: {scaleDown: {unneededTime: 10}} | spec.scaleDown.unneededTime | a duration such as",
        "spec: {scaleDown: {enabled: 'yes'}} | spec.scaleDown.enabled | true or false",
        "spec: {replicas: {tolerance: 10}} | spec.replicas.tolerance | a share from 0 to 1",
        "spec: {replicas: {syncPeriod: 1ms}} | spec.replicas.syncPeriod | at least 1s",
        "spec: {pacing: {gather: 20s}} | spec.pacing.gather | at most interval",
        "spec: {http: {port: 70000}} | spec.http.port | a whole number from 0 to 65535",
        "spec: {http: {address: 0.0.0.0}} | spec.http.tokenFile | is not a loopback address",
        "spec: {leaderElection: {renewDeadline: 20s}} | spec.leaderElection.leaseDuration | longer",
        "spec: {leaderElection: {retryPeriod: 12s}} | spec.leaderElection.renewDeadline | longer",
        "spec: {providers: {aws: {zones: [a]}}} | spec.providers.aws.zones | a text",
        "spec: {dryRun: maybe} | spec.dryRun | true or false",
        "spec: {metricSources: {allowedHosts: p}} | spec.metricSources.allowedHosts | a list of"
            + " texts",
        "spec: {metricSources: {allowedHosts: [7]}} | spec.metricSources.allowedHosts | a text",
        "spec: {metricSources: {allowedHosts: ['*']}} | spec.metricSources.allowedHosts | *. and a",
        "spec: {metricSources: {allowedHosts: ['http://p']}} | spec.metricSources.allowedHosts | a"
            + " host",
        "spec: {metricSources: {allowedHosts: ['p:9090']}} | spec.metricSources.allowedHosts | a"
            + " host",
        "spec: {scaleTargets: Rollout} | spec.scaleTargets | a list of texts",
        "spec: {scaleTargets: [Rollout]} | spec.scaleTargets | GROUP/VERSION/KIND",
        "spec: {scaleTargets: [v1/Secret]} | spec.scaleTargets | GROUP/VERSION/KIND",
        "spec: {scaleTargets: [argoproj.io/v1alpha1/rollouts]} | spec.scaleTargets | KIND",
      })
  void badKeyIsNamed(String yaml, String field, String expected) {
    assertThat(problems(yaml))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo(field);
          assertThat(problem.expected()).contains(expected);
        });
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(
            problems(
                """
                spec:
                  scaleUp: {maxNewNodes: x, expandable: 1}
                  http: {port: -1}
                  gpus: {}
                """))
        .extracting(FieldProblem::field)
        .containsExactlyInAnyOrder(
            "spec.scaleUp.maxNewNodes", "spec.scaleUp.expandable", "spec.http.port", "spec.gpus");
  }

  @Test
  void everyKeyIsReadFromItsOwnPlace() {
    List<ConfigurationKey> keys = Configuration.keys();
    assertThat(keys)
        .extracting(ConfigurationKey::path)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(30);
  }

  @Test
  void fileHoldsExactlyOneConfiguration() {
    assertThat(load(HEAD + "spec: {dryRun: true}\n"))
        .isEqualTo(new Configuration.FromFile.Settings(DaemonSettings.DEFAULT.withDryRun()));
    assertThat(load("kind: Other\n")).isInstanceOf(Configuration.FromFile.Problems.class);
    assertThat(load(HEAD + "---\n" + HEAD)).isInstanceOf(Configuration.FromFile.Problems.class);
    assertThat(load(HEAD + "spec: {dryRuns: true}\n"))
        .isInstanceOfSatisfying(
            Configuration.FromFile.Problems.class,
            bad -> assertThat(bad.problems().getFirst().toString()).contains("-:1", "dryRun?"));
  }

  private static Configuration.FromFile load(String text) {
    InputStream input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return Configuration.load("-", input);
  }
}
