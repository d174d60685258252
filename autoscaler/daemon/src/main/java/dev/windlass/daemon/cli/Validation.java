package dev.windlass.daemon.cli;

import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.input.Document;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.daemon.resource.FieldProblem;
import dev.windlass.daemon.resource.GpuNodeMapping;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuStackMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.daemon.resource.ReplicaScalerMapping;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ResourceReader;
import dev.windlass.daemon.resource.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks documents one by one and counts them by kind. */
final class Validation {
  private static final List<String> KINDS =
      List.of("NodeGroup", "ReplicaScaler", "GpuStack", "GpuNode", Configuration.KIND);

  private final List<Problem> problems = new ArrayList<>();
  private final SortedMap<String, Integer> checked = new TreeMap<>();
  private final SortedMap<String, Integer> ignored = new TreeMap<>();
  private final Map<String, Document.Place> seen = new TreeMap<>();

  /** Checks a document of ours; counts any other as ignored. */
  void check(Document document) {
    if (document.kind().isEmpty()) {
      problems.add(problem(document, new FieldProblem("kind", "", "a kind")));
      return;
    }
    if (!document.group().equals(CustomResourceDefinitions.GROUP)) {
      ignored.merge(document.kind(), 1, Integer::sum);
      return;
    }
    checked.merge(document.kind(), 1, Integer::sum);
    if (parse(document) instanceof Parsed.Bad<?> bad) {
      problems.addAll(Problem.of(document, bad));
    }
    checkUnique(document);
  }

  private static Parsed<?> parse(Document document) {
    JsonNode tree = document.tree();
    return switch (document.kind()) {
      case "NodeGroup" ->
          ResourceReader.read(tree, NodeGroupResource.class)
              .then(each -> NodeGroupMapping.parse(each, InstanceCatalogue.bundled()));
      case "ReplicaScaler" ->
          ResourceReader.read(tree, ReplicaScalerResource.class).then(ReplicaScalerMapping::parse);
      case "GpuStack" ->
          ResourceReader.read(tree, GpuStackResource.class).then(GpuStackMapping::parse);
      case "GpuNode" ->
          ResourceReader.read(tree, GpuNodeResource.class).then(GpuNodeMapping::parse);
      case Configuration.KIND -> Configuration.parse(tree);
      default ->
          new Parsed.Bad<>(
              List.of(
                  new FieldProblem(
                      "kind", document.kind(), Suggestion.expected(document.kind(), KINDS))));
    };
  }

  private void checkUnique(Document document) {
    String name = document.kind() + " " + document.namespace() + "/" + document.name();
    Document.@Nullable Place first = seen.putIfAbsent(name, document.place());
    if (first != null) {
      FieldProblem detail =
          new FieldProblem(
              "metadata.name", document.name(), "a name that is used once, not as in " + first);
      problems.add(problem(document, detail));
    }
  }

  private static Problem problem(Document document, FieldProblem detail) {
    return new Problem(document.place(), (document.kind() + " " + document.name()).strip(), detail);
  }

  /** What was wrong. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Documents of ours by kind. */
  SortedMap<String, Integer> checked() {
    return checked;
  }

  /** All others by kind. */
  SortedMap<String, Integer> ignored() {
    return ignored;
  }
}
