package dev.windlass.daemon.dashboard;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.ScaleDownPlan.Kept;
import dev.windlass.core.scaledown.ScaleDownPlan.Removal;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.daemon.plan.Explainer;
import dev.windlass.daemon.plan.Explanation;
import dev.windlass.daemon.plan.Explanation.Subject;
import dev.windlass.daemon.plan.ScaleDownWords;
import dev.windlass.daemon.plan.ScaleUpWords;
import dev.windlass.engine.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers "why?" from the newest decision; empty where it says nothing. */
final class Explanations {
  private static final int MAX_MOVES = 50;

  private final HistoryView view;
  private final Tick tick;

  Explanations(HistoryView view) {
    this.view = view;
    tick = view.tick();
  }

  /** Why a pod is pending, or where it will run. */
  Optional<Fields> pod(ObjectKey key) {
    Optional<Fields> unhelped =
        tick.decision().plans().scaleUp().unhelped().stream()
            .filter(pod -> pod.pod().equals(key))
            .findFirst()
            .map(this::unhelped);
    return unhelped.or(() ->
        tick.decision().plans().scaleUp().placements().stream()
            .filter(placement -> placement.pod().equals(key))
            .findFirst()
            .map(this::placed));
  }

  private Explanation explain(Subject subject) {
    return Explainer.explain(subject, tick.snapshot(), tick.decision());
  }

  private Fields unhelped(Unhelped pod) {
    Map<List<String>, List<String>> groupsByAnswer = new LinkedHashMap<>();
    for (Unhelped.Reason reason : pod.reasons()) {
      NodeGroupName group = reason.nodeGroup();
      groupsByAnswer
          .computeIfAbsent(List.of(reason.rule().title(), reason.message()), _ -> new ArrayList<>())
          .add(group == null ? "–" : group.value());
    }
    String title = "Answers of all " + Sentences.count(pod.reasons().size(), "node group");
    WhyDocument why =
        new WhyDocument(explain(new Subject.OfPod(pod.pod())), title)
            .columns("Node group", "Rule", "What it said");
    groupsByAnswer.forEach((answer, groups) ->
        why.row(String.join(", ", groups), answer.getFirst(), answer.getLast()));
    Unhelped.Reason nearest = Nearness.nearest(pod.reasons(), PendingGroups.outcome(pod));
    NodeGroupName group = nearest == null ? null : nearest.nodeGroup();
    if (nearest != null && group != null) {
      why.fact("Nearest fit", group + ", but for " + nearest.rule().title());
      why.fact("What helps", ScaleUpWords.remedy(nearest.rule()));
      Backoff backoff = tick.decision().next().backoffs().get(group);
      why.fact("Next try", backoff == null ? null : time(backoff.until()));
    }
    return why.fact("Decided", decided()).fields();
  }

  private Fields placed(PodPlacement placement) {
    Explanation explanation = explain(new Subject.OfPod(placement.pod()));
    WhyDocument why = new WhyDocument(explanation, explanation.sentence());
    return switch (placement) {
      case PodPlacement.OnNode on ->
          why.fact("Node", on.node().value()).fact("Decided", decided()).fields();
      case PodPlacement.OnNewNode coming ->
          why.fact("Node group", coming.nodeGroup().value())
              .fact("New node", coming.newNode())
              .fact("Because", reasonOf(coming.nodeGroup()))
              .fact("Decided", decided())
              .fields();
    };
  }

  private @Nullable String reasonOf(NodeGroupName group) {
    return tick.decision().plans().scaleUp().increases().stream()
        .filter(increase -> increase.nodeGroup().equals(group))
        .map(increase -> increase.reason())
        .findFirst()
        .orElse(null);
  }

  /** Why a node stays or goes, or how far its GPUs are. */
  Optional<Fields> node(String name) {
    Optional<Fields> gpu =
        tick.decision().plans().gpu().machines().stream()
            .filter(machine -> machine.name().equals(name))
            .findFirst()
            .map(this::machine);
    Optional<Fields> leaving =
        tick.decision().plans().scaleDown().removals().stream()
            .filter(removal -> removal.node().value().equals(name))
            .findFirst()
            .map(this::leaving);
    Optional<Fields> kept =
        tick.decision().plans().scaleDown().kept().stream()
            .filter(node -> node.node().value().equals(name))
            .findFirst()
            .map(this::kept);
    return Stream.of(leaving, gpu, kept).flatMap(Optional::stream).findFirst();
  }

  private WhyDocument node(String name, String title) {
    return new WhyDocument(explain(new Subject.OfNode(name)), title);
  }

  private Fields leaving(Removal removal) {
    WhyDocument why =
        node(removal.node().value(), ScaleDownSection.message(removal)).columns("Pod", "Moves to");
    removal.moves().stream()
        .limit(MAX_MOVES)
        .forEach(move -> why.row(move.pod().toString(), move.toNode().value()));
    return why.fact("Node group", removal.nodeGroup().value())
        .fact("Saves", usd(removal.hourlySaving()))
        .remedies()
        .fact("Decided", decided())
        .fields();
  }

  private Fields kept(Kept kept) {
    Instant until = kept.until();
    return node(kept.node().value(), kept.message())
        .fact("Rule", kept.reason().title())
        .fact("Node group", kept.nodeGroup().value())
        .fact("Pod", kept.pod() == null ? null : kept.pod().toString())
        .fact("Until", until == null ? null : time(until))
        .remedies()
        .fact("Decided", decided())
        .fields();
  }

  private Fields machine(GpuPlan.Machine machine) {
    WhyDocument why =
        node(machine.name(), "Phases of " + machine.name())
            .columns("Phase", "Began", "Took", "Typical");
    for (GpuRow.Step step : GpuRow.steps(machine.progress())) {
      Instant end = step.endedAt();
      Duration took = Duration.between(step.startedAt(), end == null ? tick.decision().at() : end);
      Long typical = view.starts().get(new PhaseTimes.Key(machine.nodeGroup(), step.phase()));
      why.row(
          step.phase().title(),
          time(step.startedAt()),
          Amounts.duration(took) + (end == null ? " so far" : ""),
          typical == null
              ? "no history yet"
              : "about " + Amounts.duration(Duration.ofSeconds(typical)));
    }
    Instant deadline = machine.progress().deadline();
    return why.fact("Deadline", deadline == null ? null : time(deadline))
        .fact("Stack", machine.stack().value())
        .fact("Node group", machine.nodeGroup().value())
        .fact("Next step", machine.action())
        .remedies()
        .fact("Decided", decided())
        .fields();
  }

  /** Which nodes one reason keeps. */
  Optional<Fields> kept(String reason) {
    List<Kept> nodes =
        tick.decision().plans().scaleDown().kept().stream()
            .filter(kept -> kept.reason().title().equals(reason))
            .toList();
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    KeptReason rule = nodes.getFirst().reason();
    String title =
        nodes.size() > MAX_MOVES
            ? "The first " + MAX_MOVES + " of " + nodes.size() + " nodes"
            : Sentences.count(nodes.size(), "node");
    Explanation explanation =
        new Explanation(
            "node " + nodes.getFirst().node(),
            reason,
            ScaleDownWords.meaning(rule),
            List.of(),
            List.of(ScaleDownWords.remedy(rule)));
    WhyDocument why = new WhyDocument(explanation, title).columns("Node", "Group", "What it said");
    nodes.stream()
        .limit(MAX_MOVES)
        .forEach(kept -> why.row(kept.node().value(), kept.nodeGroup().value(), kept.message()));
    return Optional.of(
        why.fact("Because", explanation.sentence()).remedies().fact("Decided", decided()).fields());
  }

  /** What came of a line of the decision log. */
  Optional<Fields> decision(String id) {
    return view.log().stream()
        .filter(entry -> entry.id().toString().equals(id))
        .findFirst()
        .map(Explanations::decision);
  }

  private static Fields decision(LogEntry entry) {
    LogEntry.Progress progress = entry.progress();
    String title = entry.text().what() + ": " + entry.text().because();
    return new WhyDocument(
            new Explanation(
                "decision " + entry.id(), progress.state().name(), title, List.of(), List.of()),
            title)
        .fact("Decided", "#" + entry.id().decision() + " at " + time(entry.at()))
        .fact("Outcome", LogSection.outcome(entry))
        .fact("Answer", progress.message())
        .fact("Actions", progress.parts() > 1 ? Integer.toString(progress.parts()) : null)
        .fact("State then", "?at=" + entry.id().decision())
        .fieldsWithoutCommand();
  }

  /** How a scaler's size came about. */
  Optional<Fields> scaler(ObjectKey key) {
    return tick.decision().plans().replicas().decisions().stream()
        .filter(decision -> decision.scaler().equals(key))
        .findFirst()
        .map(this::scaler);
  }

  private Fields scaler(ReplicaDecision decision) {
    String title = "How " + Sentences.count(decision.size().desired(), "replica") + " came about";
    WhyDocument why =
        new WhyDocument(explain(new Subject.OfScaler(decision.scaler())), title)
            .columns("Metric", "Now", "Target", "Asks for");
    for (ReplicaDecision.MetricProposal metric : decision.metrics()) {
      why.row(
          metric.type() + " " + metric.name(),
          Objects.requireNonNullElse(metric.current(), "no value"),
          metric.target(),
          metric.proposal() == null
              ? Objects.requireNonNullElse(metric.error(), "–")
              : metric.proposal().toString());
    }
    why.fact("Target", decision.target().toString())
        .fact("Replicas", decision.size().current() + " → " + decision.size().desired())
        .fact("Limited by", decision.verdict().limitedBy())
        .fact("Because", decision.verdict().reason());
    decision
        .verdict()
        .conditions()
        .forEach(condition ->
            why.fact(
                condition.type() + (condition.status() ? "" : ": no"),
                condition.reason() + ": " + condition.message()));
    return why.remedies().fact("Decided", decided()).fields();
  }

  /** What a node group offers, and what binds it. */
  Optional<Fields> group(String name) {
    return tick.snapshot().capacity().groups().stream()
        .filter(group -> group.name().value().equals(name))
        .findFirst()
        .map(this::group);
  }

  private Fields group(NodeGroup group) {
    NodeGroupSection section =
        new NodeGroupSection(tick, CapacityIndex.of(tick.snapshot().capacity()));
    NodeGroupSection.State state = section.state(group);
    Explanation explanation =
        new Explanation(
            "group " + group.name(), state.title(), state.message(), List.of(), List.of());
    WhyDocument why =
        new WhyDocument(explanation, state.message())
            .columns("Machine", "Zones", "Purchase", "Price");
    Map<List<String>, List<Offering>> alike =
        group.offerings().stream()
            .collect(
                Collectors.groupingBy(
                    offering ->
                        List.of(
                            offering.variant().instanceType(),
                            offering.variant().purchase().name(),
                            usd(offering.price())),
                    LinkedHashMap::new,
                    Collectors.toList()));
    alike.forEach((what, offerings) ->
        why.row(
            what.get(0),
            offerings.stream()
                .map(offering -> offering.variant().zone())
                .distinct()
                .collect(Collectors.joining(", ")),
            what.get(1).toLowerCase(Locale.ROOT).replace('_', '-'),
            what.get(2)));
    NodeGroupSection.Sizes sizes = section.sizes(group);
    int room = Math.max(0, group.size().max() - Math.max(group.size().target(), sizes.ready()));
    return why.fact("Size", group.size().min() + " to " + group.size().max())
        .fact("Target", Integer.toString(group.size().target()))
        .fact("Room", room + " more")
        .fact("Next try", state.until() == null ? null : time(state.until()))
        .fact("Decided", decided())
        .fields();
  }

  private String decided() {
    return "#" + tick.number() + " at " + time(tick.decision().at());
  }

  /** {@code 09:47:30}, UTC. */
  private static String time(Instant at) {
    return at.toString().substring(11, 19);
  }

  private static String usd(Price price) {
    return price.known() ? String.format(Locale.ROOT, "$%.2f/h", price.usdPerHour()) : "–";
  }
}
