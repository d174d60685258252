package dev.windlass.provider.testkit.gcp;

import java.time.Duration;
import java.time.Instant;

/** Machines that wait in the cloud's queue. */
final class ResizeRequest {
  final String name;
  final int resizeBy;
  final Duration run;
  final Instant createdAt;
  String state = "CREATING";
  String errorCode = "";
  String errorMessage = "";

  ResizeRequest(String name, int resizeBy, Duration run, Instant createdAt) {
    this.name = name;
    this.resizeBy = resizeBy;
    this.run = run;
    this.createdAt = createdAt;
  }

  boolean isWaiting() {
    return state.equals("CREATING") || state.equals("ACCEPTED");
  }
}
