package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One machine of a fake group; guarded by the fake that holds it. */
final class AwsMachine {
  static final String PENDING = "Pending";
  static final String IN_SERVICE = "InService";
  static final String TERMINATING = "Terminating";

  final String id;
  final Variant variant;
  final Instant launchedAt;

  /** Auto Scaling's lifecycle state. */
  String state;

  boolean isProtected;

  /** The capacity reservation that it runs in, or empty. */
  String reservation = "";

  /** Whether that is a capacity block. */
  boolean inBlock;

  /** When its state ends by itself, or null. */
  @Nullable Instant changesAt;

  /** When EC2 takes it back, or null. */
  @Nullable Instant takenAt;

  AwsMachine(String id, Variant variant, String state, Instant launchedAt) {
    this.id = id;
    this.variant = variant;
    this.state = state;
    this.launchedAt = launchedAt;
  }

  InstanceId instanceId() {
    return new InstanceId("aws:///" + variant.zone() + "/" + id);
  }

  boolean isSpot() {
    return variant.purchase() == Purchase.SPOT;
  }

  boolean isLeaving() {
    return state.startsWith(TERMINATING);
  }

  /** Whether it counts for the group's size. */
  boolean counts() {
    return state.startsWith(PENDING) || state.equals(IN_SERVICE);
  }

  FakeMachine view() {
    return new FakeMachine(instanceId(), variant, state.equals(IN_SERVICE), isLeaving());
  }
}
