package dev.windlass.core.model;

/**
 * A volume of a pod that may limit where the pod runs.
 *
 * @param claim the name of its PersistentVolumeClaim, in the pod's namespace
 */
public record PodVolume(String claim) {}
