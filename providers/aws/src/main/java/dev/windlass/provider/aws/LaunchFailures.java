package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.NodeGroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * The failed scaling activities of a group that have not been reported yet. Only those of the last
 * half hour count, so that a start does not report what is long over.
 */
final class LaunchFailures {
  private static final Duration WINDOW = Duration.ofMinutes(30);

  private final Set<String> reported = new HashSet<>();
  private boolean wasShort = true;

  /** Whether the activities can hold news: machines are missing, or were at the last reading. */
  boolean canHaveNews(boolean isShort) {
    return isShort || wasShort;
  }

  /** Reads the activities; each failure is in the result of one reading. */
  List<GroupFailure> read(
      NodeGroupName name, String group, RegionCalls calls, boolean isShort, Instant now) {
    Instant begin = now.minus(WINDOW);
    List<Activity> recent =
        calls.activities(
            group, activity -> activity.startTime() != null && activity.startTime().isAfter(begin));
    List<GroupFailure> fresh = new ArrayList<>();
    Set<String> failed = new HashSet<>();
    for (Activity activity : recent) {
      if (activity.statusCode() == ScalingActivityStatusCode.FAILED
          && failed.add(activity.activityId())
          && !reported.contains(activity.activityId())) {
        fresh.add(new GroupFailure(name, failure(activity), activity.startTime()));
      }
    }
    reported.clear();
    reported.addAll(failed);
    wasShort = isShort;
    return fresh;
  }

  private static CloudFailure failure(Activity activity) {
    String message =
        activity.statusMessage() == null ? "a scaling activity failed" : activity.statusMessage();
    return new CloudFailure(ErrorCodes.causeOfSentence(message), message);
  }
}
