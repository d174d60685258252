package dev.windlass.core.model;

/**
 * A variant with its price and what its nodes look like.
 *
 * @param variant machine type, zone, purchase
 * @param price its price an hour
 * @param template its nodes
 */
public record Offering(Variant variant, Price price, NodeTemplate template) {}
