package dev.windlass.provider.testkit.aws;

/**
 * A launch template as the fake tells of it.
 *
 * @param id its id
 * @param image its image; the fake knows those that begin with {@code ami-gone} no more
 * @param capacityBlock whether machines are bought from a capacity block
 * @param reservation the reservation that it targets, or empty
 * @param rootGib the size of the root volume
 */
public record LaunchTemplate(
    String id, String image, boolean capacityBlock, String reservation, int rootGib) {
  /** An image of Linux on 20 GiB. */
  static LaunchTemplate named(String id) {
    return new LaunchTemplate(id, "ami-linux", false, "", 20);
  }

  /** With another image. */
  public LaunchTemplate withImage(String other) {
    return new LaunchTemplate(id, other, capacityBlock, reservation, rootGib);
  }

  /** Machines come from this capacity block. */
  public LaunchTemplate withBlock(String block) {
    return new LaunchTemplate(id, image, true, block, rootGib);
  }

  /** Machines come from this reservation. */
  public LaunchTemplate withReservation(String other) {
    return new LaunchTemplate(id, image, capacityBlock, other, rootGib);
  }
}
