package dev.windlass.core.model;

/**
 * One thing that can be bought in a node group.
 *
 * @param instanceType the cloud's name of the machine type
 * @param zone where
 * @param purchase how it is paid for
 */
public record Variant(String instanceType, String zone, Purchase purchase) {}
