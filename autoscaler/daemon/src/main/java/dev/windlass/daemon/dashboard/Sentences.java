package dev.windlass.daemon.dashboard;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Source;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.daemon.dashboard.LogEntry.Kind;
import dev.windlass.daemon.dashboard.LogEntry.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words for typed reasons and actions, so that every part of the page uses the same. */
final class Sentences {
  private Sentences() {}

  /** Whether an action is a line of the decision log; notes on nodes are not. */
  static boolean isLogged(Action action) {
    return !(action instanceof Action.AnnotateNode);
  }

  /** What the log joins into one line: an operation, or all evictions from one node. */
  static String operation(Action action) {
    return action instanceof Action.EvictPod evict ? "drain:" + evict.node() : action.id().value();
  }

  /** An action as a line of the decision log. */
  static Text text(Action action) {
    return switch (action) {
      case Action.ScaleWorkload scale ->
          new Text(
              Kind.REPLICAS, scale.scaler() + " " + scale.from() + " → " + scale.to(), scale.why());
      case Action.IncreaseGroup grow ->
          new Text(Kind.SCALE_UP, grow.group() + " " + grow.from() + " → " + grow.to(), grow.why());
      case Action.TaintForRemoval taint ->
          new Text(Kind.SCALE_DOWN, "Begin to remove " + taint.node(), taint.why());
      case Action.CancelRemoval cancel ->
          new Text(Kind.SCALE_DOWN, "Keep " + cancel.node() + " after all", cancel.why());
      case Action.EvictPod evict ->
          new Text(Kind.SCALE_DOWN, "Drain " + evict.node(), "Its pods have places elsewhere.");
      case Action.DeleteInstance delete ->
          new Text(Kind.SCALE_DOWN, "Delete " + machine(delete), delete.why());
      case Action.DeleteNodeObject forget ->
          new Text(Kind.SCALE_DOWN, "Forget " + forget.node(), "Its machine is gone.");
      case Action.AnnotateNode note ->
          new Text(Kind.SCALE_DOWN, "Note on " + note.node(), note.sentence());
      case Action.StartGpuStep step ->
          new Text(
              Kind.GPU,
              step.node() + " begins " + step.phase().title(),
              "The phase before it is done.");
      case Action.ChangeGpuTaint change ->
          new Text(
              Kind.GPU,
              (change.present() ? "Close " : "Open ") + change.node() + " to GPU pods",
              change.why());
      case Action.RepairGpuNode repair ->
          new Text(
              Kind.GPU,
              repair.node() + " begins " + repair.repair().title(),
              "Its devices are in trouble and free of pods.");
      case Action.ReportGpuHealth report ->
          new Text(Kind.GPU, report.node() + ": " + report.reason(), report.message());
      case Action.OpenGpuNode open ->
          new Text(
              Kind.GPU, open.node() + " is ready", "The startup taint goes: GPU pods may come.");
    };
  }

  private static String machine(Action.DeleteInstance delete) {
    String name = delete.nodeName().isEmpty() ? delete.instance().value() : delete.nodeName();
    return name + " of " + delete.group();
  }

  /** A source's name. */
  static String name(Source source) {
    return switch (source) {
      case KUBERNETES -> "Kubernetes";
      case CLOUD -> "Cloud";
      case METRICS -> "Metrics";
    };
  }

  /** What a stale source holds back. */
  static String blocked(Source source) {
    return switch (source) {
      case KUBERNETES -> "removals and purchases wait";
      case CLOUD -> "removals wait";
      case METRICS -> "scalers hold";
    };
  }

  /** The key under which the page knows an outcome. */
  static String key(UnhelpedRule.Outcome outcome) {
    return switch (outcome) {
      case NEEDS_YOU -> "need";
      case WAITING -> "wait";
      case NODE_COMING -> "come";
    };
  }

  /** What the page's filter finds a row by, beside the row's own words: {@code rule:maxsize}. */
  static String tags(@Nullable String... keysAndValues) {
    StringBuilder tags = new StringBuilder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      String value = keysAndValues[i + 1];
      if (value != null && !value.isEmpty()) {
        tags.append(tags.isEmpty() ? "" : " ").append(keysAndValues[i]).append(':').append(value);
      }
    }
    return tags.toString().toLowerCase(Locale.ROOT);
  }

  /** "1 pod", "2 pods". */
  static String count(int number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
