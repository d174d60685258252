package dev.windlass.daemon.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Pod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpReaderTest {
  @TempDir private Path folder;

  private Dump read(String yaml) throws IOException {
    String file = Commands.file(folder, "dump.yaml", yaml);
    return read(List.of(file), InputStream.nullInputStream());
  }

  private static Dump read(List<String> paths, InputStream input) {
    Dump.Outcome outcome = DumpReader.read(paths, null, input, Decisions.AT);
    return switch (outcome) {
      case Dump.Outcome.Read read -> read.dump();
      case Dump.Outcome.Bad bad -> throw new AssertionError(bad.problems().toString());
    };
  }

  @Test
  void badPodOnANodeKeepsItsNode() throws IOException {
    Dump dump =
        read(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: bad, namespace: shop}
            spec: {nodeName: node-1, containers: [{name: a, resources: {requests: {cpu: much}}}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: odd, namespace: shop}
            spec: {nodeName: node-2, containers: all of them}
            """);

    assertThat(dump.snapshot().workloads().pods())
        .hasSize(2)
        .allMatch(Pod::occupiesNode)
        .allMatch(pod -> "true".equals(pod.metadata().annotations().get(Keys.DO_NOT_DISRUPT)));
    assertThat(dump.unread().ignored()).isNotEmpty().allMatch(each -> each.kind().equals("Pod"));
  }

  @Test
  void podThatHasEndedIsNotThere() throws IOException {
    Dump dump =
        read(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: done}
            spec: {nodeName: node-1}
            status: {phase: Succeeded}
            """);

    assertThat(dump.snapshot().workloads().pods()).isEmpty();
    assertThat(dump.unread()).isEqualTo(Unread.NOTHING);
  }

  @Test
  void classesThatComeLaterCountForPodsBefore() throws IOException {
    Dump dump =
        read(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: urgent}
            spec: {priorityClassName: high, runtimeClassName: kata}
            ---
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 900
            ---
            apiVersion: node.k8s.io/v1
            kind: RuntimeClass
            metadata: {name: kata}
            handler: kata
            overhead: {podFixed: {cpu: 250m}}
            """);

    Pod pod = dump.snapshot().workloads().pods().getFirst();
    assertThat(pod.spec().priority()).isEqualTo(900);
    assertThat(pod.spec().overhead().get("cpu")).isEqualTo(250);
  }

  @Test
  void groupIsAsLargeAsItHasNodesAndLooksLikeItsNewestReadyOne() throws IOException {
    Dump dump =
        read(
            """
            apiVersion: windlass.dev/v1alpha1
            kind: NodeGroup
            metadata: {name: web}
            spec: {minSize: 0, maxSize: 9, nodeSelector: {pool: web}}
            ---
            apiVersion: v1
            kind: NodeList
            items:
            - metadata: {name: old, creationTimestamp: "2026-01-01T01:00:00Z", labels: {pool: web}}
              status:
                allocatable: {cpu: "2", memory: 1Gi}
                conditions: [{type: Ready, status: "True"}]
            - metadata: {name: new, creationTimestamp: "2026-01-01T02:00:00Z", labels: {windlass.dev/node-group: web}}
              status:
                allocatable: {cpu: "8", memory: 4Gi}
                conditions: [{type: Ready, status: "True"}]
            - metadata: {name: sick, creationTimestamp: "2026-01-01T03:00:00Z", labels: {pool: web}}
              status:
                allocatable: {cpu: "1", memory: 1Gi}
                conditions: [{type: Ready, status: "False"}]
            - metadata: {name: other}
              status: {allocatable: {cpu: "1"}}
            """);

    NodeGroup group = dump.snapshot().capacity().groups().getFirst();
    assertThat(group.size().target()).isEqualTo(3);
    assertThat(group.offerings().getFirst().template().allocatable().get("cpu")).isEqualTo(8_000);
  }

  @Test
  void sameObjectTwiceIsOneObject() throws IOException {
    String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n";

    assertThat(read(pod + pod).snapshot().workloads().pods()).hasSize(1);
  }

  @Test
  void readsStandardInput() {
    String json =
        """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a", "labels": {"t": "x"}}},
          {"apiVersion": "scheduling.x-k8s.io/v1alpha1", "kind": "PodGroup",
           "metadata": {"name": "g", "namespace": "a"}, "spec": {"minMember": 4}},
          {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
           "metadata": {"name": "b", "namespace": "a"}, "spec": {"selector": {}}},
          {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "d"},
           "spec": {"template": {"spec": {"containers": []}}}}]}
        """;

    Dump dump = read(List.of("-"), new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));

    assertThat(dump.snapshot().workloads().namespaceLabels().get("a")).containsEntry("t", "x");
    assertThat(dump.snapshot().workloads().podGroups().getFirst().minMember()).isEqualTo(4);
    assertThat(dump.snapshot().workloads().budgets()).hasSize(1);
    assertThat(dump.snapshot().workloads().daemonSets()).hasSize(1);
  }
}
