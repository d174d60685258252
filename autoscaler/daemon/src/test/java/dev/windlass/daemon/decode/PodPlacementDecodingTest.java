package dev.windlass.daemon.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import dev.windlass.core.model.TopologySpread;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodPlacementDecodingTest {

  private static PodPlacementRules rules(String specYaml) {
    return Manifests.decode(Manifests.pod(specYaml)).spec().rules();
  }

  @Test
  void podWithoutRulesMayRunAnywhere() {
    assertThat(rules("containers: []")).isEqualTo(PodPlacementRules.ANYWHERE);
  }

  @ParameterizedTest(name = "{0} on cores={1}: {2}")
  @CsvSource({
    "'{key: cores, operator: In, values: [\"8\"]}', 8, true",
    "'{key: cores, operator: In, values: [\"8\"]}', 16, false",
    "'{key: cores, operator: NotIn, values: [\"8\"]}', 16, true",
    "'{key: cores, operator: Exists}', 16, true",
    "'{key: cores, operator: DoesNotExist}', 16, false",
    "'{key: cores, operator: Gt, values: [\"8\"]}', 16, true",
    "'{key: cores, operator: Gt, values: [\"16\"]}', 16, false",
    "'{key: cores, operator: Lt, values: [\"32\"]}', 16, true",
  })
  void nodeAffinityOperatorsCompareAsDocumented(String expression, String cores, boolean matches) {
    PodPlacementRules rules =
        rules(
            """
            affinity:
              nodeAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  nodeSelectorTerms: [{matchExpressions: [%s]}]
            """
                .formatted(expression));

    assertThat(rules.nodeAffinity()).hasSize(1);
    assertThat(
            requireNonNull(rules.nodeAffinity())
                .getFirst()
                .labels()
                .getFirst()
                .matches(Map.of("cores", cores)))
        .isEqualTo(matches);
  }

  @Test
  void emptyNodeSelectorTermMatchesNoNode() {
    PodPlacementRules rules =
        rules(
            """
            affinity:
              nodeAffinity:
                requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{}]}
            """);

    assertThat(rules.nodeAffinity()).isEmpty();
  }

  @Test
  void fieldsOfNodeAffinityAreKeptApart() {
    PodPlacementRules rules =
        rules(
            """
            affinity:
              nodeAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  nodeSelectorTerms:
                  - matchFields: [{key: metadata.name, operator: In, values: [node-7]}]
            """);

    assertThat(requireNonNull(rules.nodeAffinity()).getFirst().labels()).isEmpty();
    assertThat(requireNonNull(rules.nodeAffinity()).getFirst().fields())
        .containsExactly(
            new Requirement("metadata.name", Requirement.Operator.IN, Set.of("node-7")));
  }

  @Test
  void preferencesAreNoRules() {
    PodPlacementRules rules =
        rules(
            """
            affinity:
              nodeAffinity:
                preferredDuringSchedulingIgnoredDuringExecution:
                - {weight: 1, preference: {matchExpressions: [{key: a, operator: Exists}]}}
              podAntiAffinity:
                preferredDuringSchedulingIgnoredDuringExecution:
                - {weight: 1, podAffinityTerm: {topologyKey: kubernetes.io/hostname}}
            topologySpreadConstraints:
            - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
            """);

    assertThat(rules).isEqualTo(PodPlacementRules.ANYWHERE);
  }

  @Test
  void tolerationsHaveTheirDefaults() {
    PodPlacementRules rules =
        rules(
            """
            tolerations:
            - {operator: Exists}
            - {key: team, value: ml}
            - {key: spot, operator: Exists, effect: NoExecute, tolerationSeconds: 60}
            - {key: load, operator: Gt, value: "5", effect: NoSchedule}
            """);

    assertThat(rules.tolerations())
        .containsExactly(
            new Toleration("", Toleration.Operator.EXISTS, "", null),
            new Toleration("team", Toleration.Operator.EQUAL, "ml", null),
            new Toleration("spot", Toleration.Operator.EXISTS, "", Taint.Effect.NO_EXECUTE));
  }

  @Test
  void podAffinityNamesItsOwnNamespaceWhereNoneIsGiven() {
    PodPlacementRules rules =
        rules(
            """
            affinity:
              podAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                - {topologyKey: zone, labelSelector: {matchLabels: {app: db}}}
              podAntiAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  labelSelector: {matchLabels: {app: web}}
                  namespaceSelector: {}
            """);

    assertThat(rules.podAffinity())
        .containsExactly(
            new PodAffinityTerm(
                "zone", new LabelSelector(Map.of("app", "db"), List.of()), Set.of("shop"), null));
    assertThat(rules.podAntiAffinity())
        .containsExactly(
            new PodAffinityTerm(
                "kubernetes.io/hostname",
                new LabelSelector(Map.of("app", "web"), List.of()),
                Set.of(),
                LabelSelector.EVERYTHING));
  }

  @Test
  void affinityTermWithoutSelectorSpeaksOfNoPod() {
    PodPlacementRules rules =
        rules(
            """
            affinity:
              podAffinity:
                requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone}]
            """);

    LabelSelector selector = rules.podAffinity().getFirst().selector();
    assertThat(selector.matches(Map.of())).isFalse();
    assertThat(selector.matches(Map.of("app", "web"))).isFalse();
  }

  @Test
  void matchLabelKeysAreFoldedIntoTheSelectorOnce() {
    PodPlacementRules rules =
        rules(
            """
            topologySpreadConstraints:
            - maxSkew: 2
              minDomains: 3
              topologyKey: zone
              whenUnsatisfiable: DoNotSchedule
              nodeAffinityPolicy: Ignore
              nodeTaintsPolicy: Honor
              matchLabelKeys: [hash, absent]
              labelSelector:
                matchLabels: {app: web}
                matchExpressions: [{key: hash, operator: In, values: [h1]}]
            """);

    Requirement ownHash = new Requirement("hash", Requirement.Operator.IN, Set.of("h1"));
    assertThat(rules.topologySpread())
        .containsExactly(
            new TopologySpread(
                2,
                "zone",
                new LabelSelector(Map.of("app", "web"), List.of(ownHash)),
                3,
                false,
                true));
  }

  @Test
  void mismatchLabelKeysExcludeThePodsOwnValue() {
    PodPlacementRules rules =
        rules(
            """
            affinity:
              podAntiAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: zone
                  labelSelector: {matchLabels: {app: web}}
                  mismatchLabelKeys: [hash]
            """);

    LabelSelector selector = rules.podAntiAffinity().getFirst().selector();
    assertThat(selector.matches(Map.of("app", "web", "hash", "h1"))).isFalse();
    assertThat(selector.matches(Map.of("app", "web", "hash", "h2"))).isTrue();
  }

  @Test
  void hostPortsCountForContainersAndSidecars() {
    PodSpec spec =
        Manifests.decode(
                Manifests.pod(
                    """
                    containers:
                    - {name: a, ports: [{containerPort: 80}, {containerPort: 81, hostPort: 8081}]}
                    initContainers:
                    - {name: side, restartPolicy: Always, ports: [{containerPort: 1, hostPort: 9, protocol: UDP, hostIP: 10.0.0.1}]}
                    - {name: init, ports: [{containerPort: 1, hostPort: 7}]}
                    """))
            .spec();

    assertThat(spec.containers().getFirst().hostPorts())
        .containsExactly(new HostPort("0.0.0.0", "TCP", 8081));
    assertThat(spec.initContainers().getFirst().hostPorts())
        .containsExactly(new HostPort("10.0.0.1", "UDP", 9));
    assertThat(spec.initContainers().getLast().hostPorts()).isEmpty();
  }

  @Test
  void hostNetworkTakesEveryContainerPort() {
    PodSpec spec =
        Manifests.decode(
                Manifests.pod(
                    """
                    hostNetwork: true
                    containers: [{name: a, ports: [{containerPort: 9100}]}]
                    """))
            .spec();

    assertThat(spec.containers().getFirst().hostPorts())
        .containsExactly(new HostPort("0.0.0.0", "TCP", 9100));
  }
}
