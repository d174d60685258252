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
   * @param kind what keeps it
   * @param message one sentence
   */
  public record Obstacle(Kind kind, String message) {
    /** Of GPU machines. */
    public Obstacle(boolean passing, String message) {
      this(passing ? Kind.GPU_QUARANTINE : Kind.GPU_STACK, message);
    }

    /** Whether it ends by itself; else a person must change something. */
    public boolean passing() {
      return kind != Kind.GPU_STACK;
    }

    /** What keeps an offering from being bought. */
    public enum Kind {
      /** Its GPU stack cannot be set up on it. */
      GPU_STACK,
      /** Its machines failed to become GPU nodes lately. */
      GPU_QUARANTINE,
      /** A limit of the account leaves no room for it. */
      QUOTA
    }
  }

  /** The same with an obstacle. */
  public Offering withObstacle(@Nullable Obstacle other) {
    return new Offering(variant, price, template, other);
  }

  /** The same with other nodes. */
  public Offering withTemplate(NodeTemplate other) {
    return new Offering(variant, price, other, obstacle);
  }
}
