package dev.windlass.daemon.kubernetes;

import dev.windlass.core.gpu.GpuOperandPods;
import dev.windlass.core.model.Keys;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * DaemonSets of a stack that it no longer has, as the driver container's after a change to {@code
 * Host}. While nodes of an earlier version of the stack are there, such a DaemonSet stays on them
 * alone, since pods run by what it has installed; then it goes.
 */
final class RetiredOperands {
  private final KubernetesClient client;

  RetiredOperands(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Retires what a stack has no more.
   *
   * @param version names what the stack installs now
   * @param operands the objects that it has now
   * @return whether nothing is left to retire
   */
  boolean retire(String stack, String version, List<HasMetadata> operands) {
    Set<String> current =
        operands.stream().map(each -> each.getMetadata().getName()).collect(Collectors.toSet());
    List<DaemonSet> retired =
        client
            .apps()
            .daemonSets()
            .inNamespace(GpuOperandPods.NAMESPACE)
            .withLabels(Map.of(Keys.GPU_STACK, stack, "app.kubernetes.io/managed-by", "windlass"))
            .list()
            .getItems()
            .stream()
            .filter(each -> !current.contains(each.getMetadata().getName()))
            .toList();
    if (retired.isEmpty()) {
      return true;
    }
    List<String> nodes = outdated(stack, version);
    retired.forEach(each -> retire(each, nodes));
    return nodes.isEmpty();
  }

  /** A node without a version is new, and never had what is retired. */
  private List<String> outdated(String stack, String version) {
    return client.nodes().withLabel(Keys.GPU_STACK, stack).list().getItems().stream()
        .map(HasMetadata::getMetadata)
        .filter(each ->
            !version.equals(each.getAnnotations().getOrDefault(Keys.GPU_STACK_VERSION, version)))
        .map(ObjectMeta::getName)
        .sorted()
        .toList();
  }

  private void retire(DaemonSet set, List<String> nodes) {
    if (nodes.isEmpty()) {
      client.resource(set).delete();
      return;
    }
    List<NodeSelectorTerm> present = terms(set);
    List<NodeSelectorRequirement> labels =
        present.isEmpty() ? List.of() : present.getFirst().getMatchExpressions();
    List<NodeSelectorTerm> wanted = nodes.stream().map(name -> term(labels, name)).toList();
    if (!wanted.equals(present)) {
      client.resource(set).patch(PatchContext.of(PatchType.JSON), patch(wanted));
    }
  }

  private static List<NodeSelectorTerm> terms(DaemonSet set) {
    return set.getSpec()
        .getTemplate()
        .getSpec()
        .getAffinity()
        .getNodeAffinity()
        .getRequiredDuringSchedulingIgnoredDuringExecution()
        .getNodeSelectorTerms();
  }

  private static NodeSelectorTerm term(List<NodeSelectorRequirement> labels, String node) {
    return new NodeSelectorTermBuilder()
        .withMatchExpressions(labels)
        .withMatchFields(
            new NodeSelectorRequirementBuilder()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(node)
                .build())
        .build();
  }

  private String patch(List<NodeSelectorTerm> terms) {
    String path =
        "/spec/template/spec/affinity/nodeAffinity"
            + "/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";
    return "[{\"op\":\"replace\",\"path\":\"%s\",\"value\":%s}]"
        .formatted(path, client.getKubernetesSerialization().asJson(terms));
  }
}
