package dev.windlass.provider.testkit.aws;

import java.time.Instant;

/**
 * A machine of a fake group.
 *
 * @param id its EC2 id
 * @param type its instance type
 * @param zone its availability zone
 * @param state its lifecycle state, such as {@code InService}
 * @param spot whether it is a spot instance
 * @param launchedAt when EC2 launched it
 */
public record FakeInstance(
    String id, String type, String zone, String state, boolean spot, Instant launchedAt) {
  /** The same machine in another state. */
  public FakeInstance in(String otherState) {
    return new FakeInstance(id, type, zone, otherState, spot, launchedAt);
  }
}
