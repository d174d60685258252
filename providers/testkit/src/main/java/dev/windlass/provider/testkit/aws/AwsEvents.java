package dev.windlass.provider.testkit.aws;

import java.time.Instant;

/** EventBridge events as a rule sends them to a queue. */
public final class AwsEvents {
  private AwsEvents() {}

  /** EC2 takes a spot machine back two minutes after this. */
  public static String interruption(String machine, Instant at) {
    return ofMachine("EC2 Spot Instance Interruption Warning", machine, at, "terminate");
  }

  /** A spot machine is at risk. */
  public static String rebalance(String machine, Instant at) {
    return ofMachine("EC2 Instance Rebalance Recommendation", machine, at, "");
  }

  /** A machine changed its state. */
  public static String stateChange(String machine, Instant at, String state) {
    return event(
        "aws.ec2",
        "EC2 Instance State-change Notification",
        at,
        "{\"instance-id\":\"" + machine + "\",\"state\":\"" + state + "\"}");
  }

  /** A machine's host will be repaired. */
  public static String health(String machine, Instant at, String startTime) {
    return event(
        "aws.health",
        "AWS Health Event",
        at,
        "{\"service\":\"EC2\",\"eventTypeCategory\":\"scheduledChange\",\"startTime\":\""
            + startTime
            + "\",\"affectedEntities\":[{\"entityValue\":\""
            + machine
            + "\"}]}");
  }

  /** A capacity block ends soon. */
  public static String blockEnds(String reservation, Instant at, Instant end) {
    return event(
        "aws.ec2",
        "Capacity Block Reservation Expiration Warning",
        at,
        "{\"capacity-reservation-id\":\"" + reservation + "\",\"end-date\":\"" + end + "\"}");
  }

  private static String ofMachine(String kind, String machine, Instant at, String action) {
    return event(
        "aws.ec2",
        kind,
        at,
        "{\"instance-id\":\"" + machine + "\",\"instance-action\":\"" + action + "\"}");
  }

  private static String event(String source, String kind, Instant at, String detail) {
    return "{\"version\":\"0\",\"id\":\"1\",\"source\":\""
        + source
        + "\",\"detail-type\":\""
        + kind
        + "\",\"time\":\""
        + at
        + "\",\"region\":\"us-east-1\",\"detail\":"
        + detail
        + "}";
  }
}
