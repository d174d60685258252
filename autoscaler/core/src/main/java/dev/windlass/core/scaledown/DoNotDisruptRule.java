package dev.windlass.core.scaledown;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whoever runs the pod has asked that it be left alone: for good, or in Karpenter's annotation for
 * a time from the pod's start, written as Go writes durations.
 */
final class DoNotDisruptRule implements DrainabilityRule {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(h|ms|m|s)");
  private static final Pattern DURATION = Pattern.compile("(" + PART.pattern() + ")+");

  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    boolean asked =
        "true".equals(pod.metadata().annotations().get(Keys.DO_NOT_DISRUPT))
            || isInKarpentersTime(pod, context.now());
    return asked && !pod.status().isTerminal()
        ? Optional.of(
            new DrainVerdict.Block(
                KeptReason.DO_NOT_DISRUPT, "pod " + pod.key() + " asks not to be disrupted"))
        : Optional.empty();
  }

  private static boolean isInKarpentersTime(Pod pod, Instant now) {
    String asked = pod.metadata().annotations().get(Keys.KARPENTER_DO_NOT_DISRUPT);
    if (asked == null || !DURATION.matcher(asked).matches()) {
      return "true".equals(asked);
    }
    Instant start = pod.status().startedAt();
    return start == null || now.isBefore(start.plus(duration(asked)));
  }

  private static Duration duration(String written) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(written);
    while (part.find()) {
      sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
    }
    return sum;
  }

  private static Duration of(long number, @Nullable String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      case "ms" -> Duration.ofMillis(number);
      case null, default -> Duration.ofSeconds(number);
    };
  }
}
