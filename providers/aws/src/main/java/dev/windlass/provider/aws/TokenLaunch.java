package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Receipt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.InstanceCollection;
import software.amazon.awssdk.services.autoscaling.model.LaunchInstancesResponse;

/**
 * Launches the machines of one operation zone by zone, under tokens made of the operation's id. The
 * group's size rises only by what was launched; an answer that did not come is asked for again with
 * the same token.
 */
final class TokenLaunch {
  /** The service's limit of machines in a launch. */
  private static final int AT_ONCE = 100;

  private final GroupReference reference;
  private final OperationId operation;
  private final GroupCalls calls;
  private final List<InstanceId> launched = new ArrayList<>();
  private final List<CloudFailure> failures = new ArrayList<>();

  TokenLaunch(GroupReference reference, OperationId operation, GroupCalls calls) {
    this.reference = reference;
    this.operation = operation;
    this.calls = calls;
  }

  /** Launches, from a size of the group. */
  CloudOutcome<Receipt> launch(int from, Map<String, Integer> byZone) {
    for (Map.Entry<String, Integer> zone : byZone.entrySet()) {
      int left = zone.getValue();
      while (left > 0) {
        int count = Math.min(left, AT_ONCE);
        CloudOutcome<LaunchInstancesResponse> answer = launch(zone.getKey(), count, left);
        left -= count;
        switch (answer) {
          case CloudOutcome.Done<LaunchInstancesResponse> done -> {
            take(done.value());
            left = done.value().errors().isEmpty() ? left : 0;
          }
          case CloudOutcome.Failed<LaunchInstancesResponse> failed -> {
            failures.add(failed.failure());
            return receipt(from);
          }
          case CloudOutcome.Conflict<LaunchInstancesResponse> conflict -> {
            failures.add(new CloudFailure(Cause.CONFLICT, conflict.message()));
            return launched.isEmpty()
                ? new CloudOutcome.Conflict<>(conflict.message())
                : receipt(from);
          }
          case CloudOutcome.Unknown<LaunchInstancesResponse> unknown -> {
            return new CloudOutcome.Unknown<>(unknown.message());
          }
        }
      }
    }
    return receipt(from);
  }

  private CloudOutcome<LaunchInstancesResponse> launch(String zone, int count, int left) {
    String token = token(operation + "/" + zone + "/" + left);
    CloudOutcome<LaunchInstancesResponse> first =
        calls.launch(reference.cloudId(), zone, count, token);
    return first instanceof CloudOutcome.Unknown<LaunchInstancesResponse>
        ? settle(first, calls.launch(reference.cloudId(), zone, count, token))
        : first;
  }

  /** What a repetition with the same token says of the first; a refusal of it says nothing. */
  private static CloudOutcome<LaunchInstancesResponse> settle(
      CloudOutcome<LaunchInstancesResponse> first, CloudOutcome<LaunchInstancesResponse> second) {
    return second instanceof CloudOutcome.Done<LaunchInstancesResponse> ? second : first;
  }

  private void take(LaunchInstancesResponse answer) {
    for (InstanceCollection each : answer.instances()) {
      each.instanceIds().forEach(id -> launched.add(MachineId.of(each.availabilityZone(), id)));
    }
    answer.errors().forEach(error -> failures.add(LaunchFailure.of(error, reference.offerings())));
  }

  private CloudOutcome<Receipt> receipt(int from) {
    return launched.isEmpty() && failures.size() == 1
        ? new CloudOutcome.Failed<>(failures.getFirst())
        : new CloudOutcome.Done<>(new Receipt(from + launched.size(), launched, failures, ""));
  }

  /** A token has 64 characters at most. */
  private static String token(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
