package dev.windlass.daemon.dashboard;

import java.time.Instant;

/** A scaler's replicas since some moment. */
record ReplicaPoint(Instant at, int replicas) {
  boolean sameAs(ReplicaPoint other) {
    return replicas == other.replicas;
  }
}
