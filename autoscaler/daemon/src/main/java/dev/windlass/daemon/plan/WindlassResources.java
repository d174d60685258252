package dev.windlass.daemon.plan;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.scheduling.GroupMembership;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.input.Document;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.daemon.resource.FieldProblem;
import dev.windlass.daemon.resource.GpuFailureMapping;
import dev.windlass.daemon.resource.GpuNodeMapping;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuStackMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.GpuStackSpec;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.daemon.resource.ReplicaScalerMapping;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ResourceReader;
import dev.windlass.daemon.resource.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects Windlass' own documents of a dump, and every problem they have. */
final class WindlassResources {
  private static final List<String> KINDS =
      List.of("NodeGroup", "ReplicaScaler", "GpuStack", "GpuNode", Configuration.KIND);

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Document.Place> seen = new HashMap<>();
  private final SortedMap<NodeGroupName, NodeGroupDefinition> groups = new TreeMap<>();
  private final SortedMap<ObjectKey, ReplicaScaler> scalers = new TreeMap<>();
  private final SortedMap<String, GpuStack> stacks = new TreeMap<>();
  private final Map<String, GpuStackSpec> stackSpecs = new HashMap<>();
  private final SortedMap<String, GpuNode> gpuNodes = new TreeMap<>();
  private final List<GpuFailedMachine> failedGpuMachines = new ArrayList<>();
  private @Nullable Policy policy;

  /** Takes a document; says whether it is one of Windlass'. */
  boolean accept(Document document) {
    if (!document.group().equals(CustomResourceDefinitions.GROUP)) {
      return false;
    }
    JsonNode tree = document.tree();
    switch (document.kind()) {
      case "NodeGroup" -> {
        Parsed<NodeGroupResource> read = ResourceReader.read(tree, NodeGroupResource.class);
        keep(
            document,
            read.then(each -> NodeGroupMapping.parse(each, InstanceCatalogue.bundled())),
            each -> groups.put(each.group().name(), each));
        if (read instanceof Parsed.Ok<NodeGroupResource>(NodeGroupResource group)) {
          failedGpuMachines.addAll(GpuFailureMapping.read(group));
        }
      }
      case "ReplicaScaler" ->
          keep(
              document,
              ResourceReader.read(tree, ReplicaScalerResource.class)
                  .then(ReplicaScalerMapping::parse),
              each -> scalers.put(each.key(), each));
      case "GpuStack" -> {
        Parsed<GpuStackResource> read = ResourceReader.read(tree, GpuStackResource.class);
        keep(
            document,
            read.then(GpuStackMapping::parse),
            each -> stacks.put(each.name().value(), each));
        if (read instanceof Parsed.Ok<GpuStackResource>(GpuStackResource stack)
            && stack.getSpec() != null) {
          stackSpecs.putIfAbsent(document.name(), stack.getSpec());
        }
      }
      case "GpuNode" ->
          keep(
              document,
              ResourceReader.read(tree, GpuNodeResource.class).then(GpuNodeMapping::parse),
              each -> gpuNodes.put(each.node().value(), each));
      case Configuration.KIND -> keep(document, Configuration.policy(tree), each -> policy = each);
      default -> unknownKind(document);
    }
    return true;
  }

  private <T> void keep(Document document, Parsed<T> parsed, Consumer<T> sink) {
    boolean single = document.kind().equals(Configuration.KIND);
    String name =
        document.kind() + (single ? "" : " " + document.namespace() + "/" + document.name());
    Document.Place first = seen.putIfAbsent(name, document.place());
    if (first != null) {
      String expected =
          single
              ? "one Configuration, not a second beside "
              : "a name that is used once, not as in ";
      problem(document, new FieldProblem("metadata.name", document.name(), expected + first));
      return;
    }
    switch (parsed) {
      case Parsed.Ok<T> ok -> sink.accept(ok.value());
      case Parsed.Bad<T> bad -> problems.addAll(Problem.of(document, bad));
    }
  }

  private void unknownKind(Document document) {
    problem(
        document,
        new FieldProblem("kind", document.kind(), Suggestion.expected(document.kind(), KINDS)));
  }

  private void problem(Document document, FieldProblem detail) {
    String object = (document.kind() + " " + document.name()).strip();
    problems.add(new Problem(document.place(), object, detail));
  }

  /**
   * The groups as they are without a cloud: as large as they have nodes, and looking like the
   * newest ready one.
   */
  List<NodeGroup> groups(List<Node> nodes) {
    List<NodeGroup> declared = groups.values().stream().map(NodeGroupDefinition::group).toList();
    GroupMembership membership =
        new GroupMembership(new ClusterSnapshot.Capacity(nodes, declared, List.of(), List.of()));
    Map<NodeGroupName, List<Node>> members = new HashMap<>();
    for (Node node : nodes) {
      membership
          .group(node)
          .ifPresent(
              group -> members.computeIfAbsent(group.name(), _ -> new ArrayList<>()).add(node));
    }
    List<NodeGroup> sized = new ArrayList<>();
    groups.forEach((name, definition) -> {
      List<Node> own = members.getOrDefault(name, List.of());
      sized.add(definition.withStack(stackSpecs).withTarget(own.size(), newestReady(own)));
    });
    return sized;
  }

  private static @Nullable Node newestReady(List<Node> nodes) {
    return nodes.stream()
        .filter(node -> node.status().ready())
        .max(
            Comparator.comparing((Node node) -> node.status().createdAt())
                .thenComparing(Node::name))
        .orElse(null);
  }

  List<ReplicaScaler> scalers() {
    return List.copyOf(scalers.values());
  }

  List<GpuStack> stacks() {
    return List.copyOf(stacks.values());
  }

  List<GpuFailedMachine> failedGpuMachines() {
    return failedGpuMachines;
  }

  List<GpuNode> gpuNodes() {
    return List.copyOf(gpuNodes.values());
  }

  Optional<Policy> policy() {
    return Optional.ofNullable(policy);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }
}
