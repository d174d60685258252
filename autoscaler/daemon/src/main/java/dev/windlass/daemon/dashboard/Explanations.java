package dev.windlass.daemon.dashboard;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.ScaleDownPlan.Kept;
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
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers "why?" from the newest decision; empty where it says nothing. */
final class Explanations {
  private static final int MAX_NODES = 50;
  private static final String NOT_FOUND = "NotFound";

  private final HistoryView view;
  private final Tick tick;

  Explanations(HistoryView view) {
    this.view = view;
    tick = view.tick();
  }

  /** Why a pod is pending, or where it runs or will run. */
  Optional<Fields> pod(ObjectKey key) {
    return tick.decision().plans().scaleUp().unhelped().stream()
        .filter(pod -> pod.pod().equals(key))
        .findFirst()
        .map(this::unhelped)
        .or(() -> explain(new Subject.OfPod(key)));
  }

  /** How a scaler's size came about. */
  Optional<Fields> scaler(ObjectKey key) {
    return explain(new Subject.OfScaler(key));
  }

  /** What the command line says; empty where it knows no such object. */
  private Optional<Fields> explain(Subject subject) {
    Explanation explanation = Explainer.explain(subject, tick.snapshot(), tick.decision());
    return explanation.code().equals(NOT_FOUND)
        ? Optional.empty()
        : Optional.of(WhyDocument.of(explanation).fact("Decided", decided()).fields());
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
        new WhyDocument("pod " + pod.pod(), code(pod), title)
            .columns("Node group", "Rule", "What it said");
    groupsByAnswer.forEach((answer, groups) ->
        why.row(String.join(", ", groups), answer.getFirst(), answer.getLast()));
    Unhelped.Reason nearest = Nearness.nearest(pod.reasons(), PendingGroups.outcome(pod));
    NodeGroupName group = nearest == null ? null : nearest.nodeGroup();
    if (nearest != null && group != null) {
      why.fact("Nearest fit", group + ", but for " + nearest.rule().title());
      why.fact("What to do", ScaleUpWords.remedy(nearest.rule()));
      Backoff backoff = tick.decision().next().longestBackoff(group).orElse(null);
      why.fact("Next try", backoff == null ? null : time(backoff.until()));
    }
    return why.fact("Decided", decided()).fields();
  }

  private static String code(Unhelped pod) {
    Unhelped.Reason nearest = Nearness.nearest(pod.reasons(), PendingGroups.outcome(pod));
    return nearest == null ? "Pending" : nearest.rule().title();
  }

  /** Why a node stays or goes, or how far its GPUs are. */
  Optional<Fields> node(String name) {
    boolean leaves =
        tick.decision().plans().scaleDown().removals().stream()
            .anyMatch(removal -> removal.node().value().equals(name));
    Optional<GpuPlan.Machine> gpu =
        tick.decision().plans().gpu().machines().stream()
            .filter(machine -> !leaves && machine.name().equals(name))
            .findFirst();
    return gpu.map(this::machine).or(() -> explain(new Subject.OfNode(name)));
  }

  private Fields machine(GpuPlan.Machine machine) {
    Explanation explanation =
        Explainer.explain(new Subject.OfNode(machine.name()), tick.snapshot(), tick.decision());
    WhyDocument why =
        new WhyDocument(explanation.subject(), explanation.code(), "Phases of " + machine.name())
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
    return why.facts(explanation).fact("Decided", decided()).fields();
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
        nodes.size() > MAX_NODES
            ? "The first " + MAX_NODES + " of " + nodes.size() + " nodes"
            : Sentences.count(nodes.size(), "node");
    WhyDocument why =
        new WhyDocument("node " + nodes.getFirst().node(), reason, title)
            .columns("Node", "Group", "What it said");
    nodes.stream()
        .limit(MAX_NODES)
        .forEach(kept -> why.row(kept.node().value(), kept.nodeGroup().value(), kept.message()));
    return Optional.of(
        why.fact("Because", ScaleDownWords.meaning(rule))
            .fact("What to do", ScaleDownWords.remedy(rule))
            .fact("Decided", decided())
            .fields());
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
    return new WhyDocument("decision " + entry.id(), progress.state().name(), title)
        .fact("Decided", "#" + entry.id().decision() + " at " + time(entry.at()))
        .fact("Outcome", LogSection.outcome(entry))
        .fact("Answer", progress.message())
        .fact("Actions", progress.parts() > 1 ? Integer.toString(progress.parts()) : null)
        .fact("State then", "?at=" + entry.id().decision())
        .fieldsWithoutCommand();
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
    WhyDocument why =
        new WhyDocument("group " + group.name(), state.title(), state.message())
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
