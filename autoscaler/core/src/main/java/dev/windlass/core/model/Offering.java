package dev.windlass.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A variant with its price and what its nodes look like.
 *
 * @param variant machine type, zone, purchase
 * @param price its price an hour
 * @param template its nodes
 * @param obstacle why it must not be bought now, or null
 */
public record Offering(
    Variant variant, Price price, NodeTemplate template, @Nullable Obstacle obstacle) {
  /** One that may be bought. */
  public Offering(Variant variant, Price price, NodeTemplate template) {
    this(variant, price, template, null);
  }

  /**
   * Why an offering must not be bought.
   *
   * @param passing whether it ends by itself; else a person must change something
   * @param message one sentence
   */
  public record Obstacle(boolean passing, String message) {}

  /** The same with an obstacle. */
  public Offering withObstacle(@Nullable Obstacle other) {
    return new Offering(variant, price, template, other);
  }

  /** The same with other nodes. */
  public Offering withTemplate(NodeTemplate other) {
    return new Offering(variant, price, other, obstacle);
  }
}
