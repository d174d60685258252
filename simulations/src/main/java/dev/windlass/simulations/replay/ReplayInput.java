package dev.windlass.simulations.replay;

import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.input.Document;
import dev.windlass.daemon.input.DocumentReader;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.resource.GpuStackMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.GpuStackSpec;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.daemon.resource.ResourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a replay may buy, and by which rules.
 *
 * @param groups node groups
 * @param stacks GPU stacks
 * @param policy of the Configuration, else the defaults
 * @param problems everything that is wrong with the files; then the rest is not to be used
 */
record ReplayInput(
    List<NodeGroup> groups, List<GpuStack> stacks, Policy policy, List<String> problems) {
  ReplayInput {
    groups = List.copyOf(groups);
    stacks = List.copyOf(stacks);
    problems = List.copyOf(problems);
  }

  /** Reads files, or where there are none the named resource beside this class. */
  static ReplayInput read(List<String> files, String otherwise) throws IOException {
    List<String> paths = files.isEmpty() ? List.of(DocumentReader.STANDARD_INPUT) : files;
    try (InputStream bundled = ReplayInput.class.getResourceAsStream(otherwise)) {
      if (bundled == null) {
        throw new IllegalStateException(otherwise + " is missing from the class path");
      }
      Collector collector = new Collector();
      List<Problem> unreadable =
          new DocumentReader(files.isEmpty() ? bundled : System.in).read(paths, collector::add);
      collector.problems.addAll(unreadable);
      return new ReplayInput(
          collector.groups.stream()
              .map(each -> each.withStack(collector.stackSpecs).group())
              .toList(),
          collector.stacks,
          collector.policy,
          collector.problems.stream().map(Problem::toString).toList());
    }
  }

  private static final class Collector {
    private final List<NodeGroupDefinition> groups = new ArrayList<>();
    private final Map<String, GpuStackSpec> stackSpecs = new HashMap<>();
    private final List<GpuStack> stacks = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Policy policy = Policy.DEFAULT;

    void add(Document document) {
      switch (document.kind()) {
        case "NodeGroup" ->
            take(
                document,
                ResourceReader.read(document.tree(), NodeGroupResource.class)
                    .then(each -> NodeGroupMapping.parse(each, InstanceCatalogue.bundled())),
                groups::add);
        case "GpuStack" -> {
          Parsed<GpuStackResource> read =
              ResourceReader.read(document.tree(), GpuStackResource.class);
          take(document, read.then(GpuStackMapping::parse), stacks::add);
          if (read instanceof Parsed.Ok<GpuStackResource>(GpuStackResource stack)
              && stack.getSpec() != null) {
            stackSpecs.putIfAbsent(document.name(), stack.getSpec());
          }
        }
        case Configuration.KIND ->
            take(document, Configuration.policy(document.tree()), each -> policy = each);
        default -> {}
      }
    }

    private <T> void take(Document document, Parsed<T> parsed, Consumer<T> sink) {
      switch (parsed) {
        case Parsed.Ok<T>(T value) -> sink.accept(value);
        case Parsed.Bad<T> bad -> problems.addAll(Problem.of(document, bad));
      }
    }
  }
}
