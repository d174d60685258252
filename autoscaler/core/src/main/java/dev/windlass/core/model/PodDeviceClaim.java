package dev.windlass.core.model;

/**
 * A claim of devices in a pod's spec ({@code spec.resourceClaims}).
 *
 * @param name its name in the pod
 */
public record PodDeviceClaim(String name) {}
