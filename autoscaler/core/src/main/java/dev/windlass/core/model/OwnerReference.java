package dev.windlass.core.model;

/**
 * The controller of a pod.
 *
 * @param apiGroup {@code apps}, {@code batch}, or empty for the core group
 * @param kind for instance {@code ReplicaSet}
 * @param name in the pod's namespace
 * @param uid the owner's uid
 */
public record OwnerReference(String apiGroup, String kind, String name, String uid) {}
