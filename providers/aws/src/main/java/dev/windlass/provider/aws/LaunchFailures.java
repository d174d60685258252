package dev.windlass.provider.aws;

import dev.windlass.core.model.GroupFailure;
import dev.windlass.provider.spi.GroupReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * The failed scaling activities of a group that have not been reported yet. Only those of the half
 * hour before the newest count, so that a start does not report what is long over; ages are
 * computed on AWS's clock alone, and what is new since the last reading is dated by ours.
 */
final class LaunchFailures {
  private static final Duration WINDOW = Duration.ofMinutes(30);

  private final Set<String> reported = new HashSet<>();
  private boolean wasShort;
  private boolean wasRead;

  /** Whether the activities can hold news: machines are missing, or were at the last reading. */
  boolean canHaveNews(boolean isShort) {
    return isShort || wasShort;
  }

  /** Reads the activities; each failure is in the result of one reading. */
  List<GroupFailure> read(
      GroupReference reference, GroupCalls calls, boolean isShort, Instant now) {
    List<Activity> recent =
        recent(calls.activities(reference.cloudId(), read -> recent(read).size() == read.size()));
    List<GroupFailure> fresh = new ArrayList<>();
    Set<String> failed = new HashSet<>();
    for (Activity activity : recent) {
      if (activity.statusCode() == ScalingActivityStatusCode.FAILED
          && failed.add(activity.activityId())
          && !reported.contains(activity.activityId())) {
        Instant at = wasRead || activity.startTime().isAfter(now) ? now : activity.startTime();
        fresh.add(
            new GroupFailure(
                reference.name(), LaunchFailure.of(activity, reference.offerings()), at));
      }
    }
    reported.clear();
    reported.addAll(failed);
    wasShort = isShort;
    wasRead = true;
    return fresh;
  }

  /** Those that began in the half hour before the newest, which comes first. */
  private static List<Activity> recent(List<Activity> activities) {
    List<Activity> dated =
        activities.stream().filter(activity -> activity.startTime() != null).toList();
    if (dated.isEmpty()) {
      return List.of();
    }
    Instant begin = dated.getFirst().startTime().minus(WINDOW);
    return dated.stream().filter(activity -> activity.startTime().isAfter(begin)).toList();
  }
}
