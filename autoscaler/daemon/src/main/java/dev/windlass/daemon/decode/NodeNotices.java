package dev.windlass.daemon.decode;

import io.fabric8.kubernetes.api.model.NodeCondition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conditions by which a node says that its cloud takes its machine away. The node problem detector
 * of AKS sets them from what Azure tells inside the machine: {@code VMEventScheduled} for every
 * event, whose message begins as {@code Preempt Scheduled: Sat, 01 Aug 2026 05:41:02 GMT}, and one
 * for each kind of event. A machine that is frozen or rebooted stays.
 */
final class NodeNotices {
  private static final Set<String> TYPES =
      Set.of(
          "VMEventScheduled",
          "PreemptionScheduled",
          "PreemptScheduled",
          "RedeployScheduled",
          "TerminateScheduled");

  private static final Pattern END = Pattern.compile("Preempt|Redeploy|Terminate");
  private static final Pattern TIME =
      Pattern.compile("[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");

  private NodeNotices() {}

  /** The first end that a condition tells; without a time it is when the condition came. */
  static Optional<Instant> endsAt(List<NodeCondition> conditions) {
    return conditions.stream()
        .filter(each -> each.getType() != null && TYPES.contains(each.getType()))
        .filter(each -> "True".equals(each.getStatus()))
        .filter(each -> END.matcher(text(each)).find())
        .map(NodeNotices::time)
        .min(Comparator.naturalOrder());
  }

  private static String text(NodeCondition condition) {
    return condition.getType()
        + " "
        + Fields.text(condition.getReason())
        + " "
        + Fields.text(condition.getMessage());
  }

  private static Instant time(NodeCondition condition) {
    Matcher written = TIME.matcher(Fields.text(condition.getMessage()));
    try {
      return written.find()
          ? DateTimeFormatter.RFC_1123_DATE_TIME.parse(written.group(), Instant::from)
          : Instant.parse(Fields.text(condition.getLastTransitionTime()));
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }
}
