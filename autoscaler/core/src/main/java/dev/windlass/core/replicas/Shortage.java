package dev.windlass.core.replicas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why no node can be had for a pod, though there is a node group that it fits.
 *
 * @param reason the kind of cause
 * @param message the node group and its cause, one sentence
 * @param until when it is tried again, or null where only a person can change it
 */
public record Shortage(ReplicaReason reason, String message, @Nullable Instant until) {}
