package dev.windlass.daemon.plan;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.Source;
import dev.windlass.daemon.input.Document;
import dev.windlass.daemon.input.DocumentReader;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.resource.DriverTemplates;
import dev.windlass.daemon.resource.FieldProblem;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the files of a dump and lays them out as one snapshot. */
public final class DumpReader {
  private final ObjectReader reader = new ObjectReader();
  private final ClusterObjects objects = new ClusterObjects(reader);
  private final StorageObjects storage = new StorageObjects(reader);
  private final WindlassResources resources = new WindlassResources();
  private final DumpMetrics metrics = new DumpMetrics();
  private final List<Problem> problems = new ArrayList<>();

  private DumpReader() {}

  /**
   * Reads a dump.
   *
   * @param paths files, folders or {@code -}
   * @param metricsFile values that a dump can't hold, or null
   * @param standardInput what {@code -} stands for
   * @param at the decision's time: everything was observed then
   */
  public static Dump.Outcome read(
      List<String> paths, @Nullable String metricsFile, InputStream standardInput, Instant at) {
    DumpReader dump = new DumpReader();
    DocumentReader documents = new DocumentReader(standardInput);
    dump.problems.addAll(documents.read(paths, dump::accept));
    if (metricsFile != null) {
      SuppliedMetrics supplied = new SuppliedMetrics();
      dump.problems.addAll(documents.read(List.of(metricsFile), supplied::accept));
      dump.problems.addAll(supplied.problems());
      dump.metrics.supply(supplied);
    }
    dump.problems.addAll(dump.resources.problems());
    return dump.problems.isEmpty()
        ? new Dump.Outcome.Read(dump.finish(at))
        : new Dump.Outcome.Bad(dump.problems);
  }

  private void accept(Document document) {
    if (document.kind().isEmpty()) {
      FieldProblem detail = new FieldProblem("kind", "", "a kind");
      problems.add(new Problem(document.place(), document.name(), detail));
      return;
    }
    boolean known =
        resources.accept(document)
            || objects.accept(document)
            || storage.accept(document)
            || metrics.accept(document);
    if (!known) {
      reader.skip(document.kind());
    }
  }

  private Dump finish(Instant at) {
    objects.finish();
    List<Node> nodes = objects.nodes();
    List<ReplicaScaler> scalers = resources.scalers();
    ClusterSnapshot.Workloads workloads =
        new ClusterSnapshot.Workloads(
            objects.pods(),
            objects.podGroups(),
            objects.daemonSets(),
            objects.budgets(),
            objects.namespaceLabels(),
            storage.storage(),
            objects.devices());
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            workloads,
            DriverTemplates.complete(
                new ClusterSnapshot.Capacity(nodes, resources.groups(nodes), List.of(), List.of()),
                workloads.storage()),
            new ClusterSnapshot.Scaling(
                scalers,
                objects.targets(),
                metrics.readings(scalers, objects.targets(), objects.pods()),
                objects.otherScalers()),
            new ClusterSnapshot.Gpu(
                resources.stacks(), resources.gpuNodes(), resources.failedGpuMachines()),
            Map.of(Source.KUBERNETES, at, Source.METRICS, at));
    return new Dump(
        snapshot, resources.policy().orElse(Policy.DEFAULT), new Unread(reader.ignored()));
  }
}
