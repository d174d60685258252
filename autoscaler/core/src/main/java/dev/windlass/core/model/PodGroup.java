package dev.windlass.core.model;

/**
 * A gang: pods that run together or not at all.
 *
 * @param key the PodGroup's name; its pods are in the same namespace
 * @param minMember how many must be placed at once
 */
public record PodGroup(ObjectKey key, int minMember) {}
