package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the daemon does is granted, and nothing dangerous besides. */
class RightsTest {
  private final List<HasMetadata> objects = read();

  @ParameterizedTest
  @CsvSource({
    "'', pods, list",
    "'', pods, watch",
    "'', nodes, list",
    "'', nodes, watch",
    "'', nodes, get",
    "'', nodes, patch",
    "'', nodes, delete",
    "'', namespaces, watch",
    "'', persistentvolumeclaims, watch",
    "'', persistentvolumes, watch",
    "storage.k8s.io, storageclasses, watch",
    "storage.k8s.io, csinodes, watch",
    "storage.k8s.io, csidrivers, watch",
    "storage.k8s.io, csistoragecapacities, watch",
    "storage.k8s.io, volumeattachments, watch",
    "'', pods/eviction, create",
    "'', events, create",
    "apps, deployments, watch",
    "apps, statefulsets, watch",
    "apps, replicasets, watch",
    "apps, daemonsets, watch",
    "apps, deployments/scale, update",
    "apps, deployments/scale, get",
    "apps, statefulsets/scale, update",
    "apps, replicasets/scale, update",
    "autoscaling, horizontalpodautoscalers, watch",
    "policy, poddisruptionbudgets, watch",
    "scheduling.k8s.io, priorityclasses, list",
    "node.k8s.io, runtimeclasses, list",
    "node.k8s.io, runtimeclasses, patch",
    "scheduling.x-k8s.io, podgroups, watch",
    "resource.k8s.io, resourceclaims, watch",
    "resource.k8s.io, resourceclaimtemplates, watch",
    "resource.k8s.io, deviceclasses, watch",
    "resource.k8s.io, resourceslices, watch",
    "karpenter.sh, nodepools, list",
    "metrics.k8s.io, pods, list",
    "custom.metrics.k8s.io, anything, get",
    "external.metrics.k8s.io, anything, list",
    "windlass.dev, nodegroups, watch",
    "windlass.dev, replicascalers, watch",
    "windlass.dev, gpustacks, watch",
    "windlass.dev, gpunodes, watch",
    "windlass.dev, gpunodes, create",
    "windlass.dev, gpunodes, patch",
    "windlass.dev, nodegroups/status, update",
    "windlass.dev, nodegroups/status, patch",
    "windlass.dev, replicascalers/status, patch",
    "windlass.dev, gpustacks/status, patch"
  })
  void grantsInTheClusterWhatIsDone(String group, String resource, String verb) {
    assertThat(granted(clusterRules(), group, resource, verb)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "coordination.k8s.io, leases, create",
    "coordination.k8s.io, leases, get",
    "coordination.k8s.io, leases, patch",
    "apps, daemonsets, patch",
    "apps, daemonsets, delete",
    "'', configmaps, patch",
    "'', serviceaccounts, patch"
  })
  void grantsInItsOwnNamespaceWhatIsDone(String group, String resource, String verb) {
    assertThat(granted(ownRules(), group, resource, verb)).isTrue();
    assertThat(granted(clusterRules(), group, resource, verb)).as("nowhere else").isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', nodes, create",
    "'', nodes, update",
    "'', pods, delete",
    "'', pods, create",
    "'', persistentvolumeclaims, patch",
    "resource.k8s.io, resourceclaims/status, update",
    "'', secrets, get",
    "windlass.dev, replicascalers, get",
    "windlass.dev, gpustacks, get",
    "windlass.dev, replicascalers, create",
    "windlass.dev, replicascalers, delete",
    "autoscaling, horizontalpodautoscalers, delete",
    "'', secrets, list",
    "'', pods/exec, create",
    "apps, deployments, update",
    "apps, deployments, patch",
    "autoscaling, horizontalpodautoscalers, update",
    "autoscaling, horizontalpodautoscalers, patch",
    "windlass.dev, nodegroups, patch",
    "windlass.dev, replicascalers, patch",
    "windlass.dev, gpunodes/status, patch",
    "rbac.authorization.k8s.io, clusterroles, create"
  })
  void grantsNothingDangerous(String group, String resource, String verb) {
    assertThat(granted(clusterRules(), group, resource, verb)).isFalse();
    assertThat(granted(ownRules(), group, resource, verb)).isFalse();
  }

  @Test
  void grantsNoVerbWholesale() {
    assertThat(clusterRules()).allMatch(rule -> !rule.getVerbs().contains("*"));
    assertThat(ownRules()).allMatch(rule -> !rule.getVerbs().contains("*"));
  }

  private List<PolicyRule> clusterRules() {
    return objects.stream()
        .filter(ClusterRole.class::isInstance)
        .flatMap(role -> ((ClusterRole) role).getRules().stream())
        .toList();
  }

  private List<PolicyRule> ownRules() {
    return objects.stream()
        .filter(Role.class::isInstance)
        .flatMap(role -> ((Role) role).getRules().stream())
        .toList();
  }

  private static boolean granted(
      List<PolicyRule> rules, String group, String resource, String verb) {
    return rules.stream()
        .anyMatch(rule ->
            rule.getApiGroups().contains(group)
                && (rule.getResources().contains(resource) || rule.getResources().contains("*"))
                && rule.getVerbs().contains(verb));
  }

  private static List<HasMetadata> read() {
    try {
      String yaml = Files.readString(Path.of("..", "..", "deploy", "rbac", "rbac.yaml"));
      return java.util.Arrays.stream(yaml.split("(?m)^---$"))
          .map(each -> (HasMetadata) new KubernetesSerialization().unmarshal(each))
          .toList();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
