package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * The requests of one region. The budget is asked before each, pages included; a read throws {@link
 * CallFailedException} unless every page has come, and an answer without the service's request id
 * is not an answer.
 */
final class RegionCalls implements AutoCloseable {
  /** The service's limit of the values of one filter. */
  private static final int MAX_FILTER_VALUES = 200;

  private static final int MAX_PAGES = 50;

  private final AutoScalingClient autoScaling;
  private final Ec2Client ec2;
  private final Predicate<String> budget;

  RegionCalls(AutoScalingClient autoScaling, Ec2Client ec2, Predicate<String> budget) {
    this.autoScaling = autoScaling;
    this.ec2 = ec2;
    this.budget = budget;
  }

  /** A group by its name; empty only if the service says that there is none. */
  Optional<AutoScalingGroup> group(String name) {
    Pages<AutoScalingGroup> pages = new Pages<>();
    do {
      DescribeAutoScalingGroupsResponse page =
          read(
              "DescribeAutoScalingGroups",
              () ->
                  autoScaling.describeAutoScalingGroups(
                      request -> request.autoScalingGroupNames(name).nextToken(pages.token)));
      pages.add(page.autoScalingGroups(), page.nextToken());
    } while (pages.hasMore());
    return pages.items.stream()
        .filter(group -> group.autoScalingGroupName().equals(name))
        .findFirst();
  }

  /** A group's activities, the newest first, up to the page whose last one is not wanted. */
  List<Activity> activities(String group, Predicate<Activity> wanted) {
    Pages<Activity> pages = new Pages<>();
    do {
      DescribeScalingActivitiesResponse page =
          read(
              "DescribeScalingActivities",
              () ->
                  autoScaling.describeScalingActivities(
                      request -> request.autoScalingGroupName(group).nextToken(pages.token)));
      pages.add(page.activities(), page.nextToken());
    } while (pages.hasMore() && (pages.items.isEmpty() || wanted.test(pages.items.getLast())));
    return pages.items.stream().filter(wanted).toList();
  }

  /** The machines of these ids that EC2 knows; one that was just launched may be missing. */
  List<Instance> machines(List<String> ids) {
    List<Instance> found = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += MAX_FILTER_VALUES) {
      found.addAll(
          machinesOfOneFilter(ids.subList(from, Math.min(ids.size(), from + MAX_FILTER_VALUES))));
    }
    return found;
  }

  private List<Instance> machinesOfOneFilter(List<String> ids) {
    Pages<Instance> pages = new Pages<>();
    do {
      DescribeInstancesResponse page =
          read(
              "DescribeInstances",
              () ->
                  ec2.describeInstances(request ->
                      request
                          .filters(Filter.builder().name("instance-id").values(ids).build())
                          .nextToken(pages.token)));
      pages.add(
          page.reservations().stream().flatMap(each -> each.instances().stream()).toList(),
          page.nextToken());
    } while (pages.hasMore());
    return pages.items;
  }

  /** Sets a group's desired capacity; throws {@link SdkException} for an error of the call. */
  void setDesired(String group, int desired) {
    acquire("SetDesiredCapacity");
    SetDesiredCapacityResponse answer =
        autoScaling.setDesiredCapacity(request ->
            request.autoScalingGroupName(group).desiredCapacity(desired).honorCooldown(false));
    requireRequestId(answer);
  }

  /** Deletes a machine of a group and lowers its desired capacity; throws as setting it does. */
  void terminate(String instance) {
    acquire("TerminateInstanceInAutoScalingGroup");
    TerminateInstanceInAutoScalingGroupResponse answer =
        autoScaling.terminateInstanceInAutoScalingGroup(
            request -> request.instanceId(instance).shouldDecrementDesiredCapacity(true));
    requireRequestId(answer);
  }

  private <R extends AwsResponse> R read(String method, Supplier<R> call) {
    acquire(method);
    try {
      R answer = call.get();
      requireRequestId(answer);
      return answer;
    } catch (SdkException error) {
      throw new CallFailedException(AwsErrors.ofRead(error));
    }
  }

  private void acquire(String method) {
    if (!budget.test(method)) {
      throw new CallFailedException(
          Cause.THROTTLED, "the call budget of this account is used up for now");
    }
  }

  private static void requireRequestId(AwsResponse answer) {
    AwsResponseMetadata metadata = answer.responseMetadata();
    if (metadata == null || metadata.requestId().equals("UNKNOWN")) {
      throw SdkException.builder().message("the answer is not one of AWS").build();
    }
  }

  @Override
  public void close() {
    autoScaling.close();
    ec2.close();
  }

  /** What the pages read so far hold, and where the next begins. */
  private static final class Pages<T> {
    private final List<T> items = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private @Nullable String token;

    void add(List<T> page, @Nullable String next) {
      items.addAll(page);
      token = next;
      if (next != null && (!seen.add(next) || seen.size() > MAX_PAGES)) {
        throw new CallFailedException(
            Cause.TRANSIENT, "AWS repeats a page, or has more than " + MAX_PAGES);
      }
    }

    boolean hasMore() {
      return token != null && !token.isEmpty();
    }
  }
}
