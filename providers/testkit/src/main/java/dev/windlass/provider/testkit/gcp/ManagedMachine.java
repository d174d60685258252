package dev.windlass.provider.testkit.gcp;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One place of a managed group: a name, and the virtual machine that has it now, if there is one.
 */
final class ManagedMachine {
  final String name;
  final Variant variant;
  final Instant askedAt;
  String action = "CREATING";
  String status = "";
  Instant due;
  Instant createdAt;
  String errorCode = "";
  String errorMessage = "";
  boolean isProtected;
  @Nullable Instant endsAt;

  /** The numeric id of the virtual machine; zero while there is none. */
  long id;

  ManagedMachine(String name, Variant variant, Instant askedAt) {
    this.name = name;
    this.variant = variant;
    this.askedAt = askedAt;
    this.due = askedAt;
    this.createdAt = askedAt;
  }

  boolean isSpot() {
    return variant.purchase() == Purchase.SPOT;
  }

  boolean isRunning() {
    return action.equals("NONE") && status.equals("RUNNING");
  }

  boolean isLeaving() {
    return action.equals("DELETING");
  }

  /** There is a virtual machine from now on, which boots until the time given. */
  void create(long newId, Instant now, Instant running) {
    id = newId;
    createdAt = now;
    due = running;
    status = "STAGING";
    errorCode = "";
    errorMessage = "";
  }

  /** The attempt to create one failed; the next is made at the time given. */
  void fail(String code, String message, Instant next) {
    id = 0;
    status = "";
    errorCode = code;
    errorMessage = message;
    due = next;
  }

  /** The virtual machine is gone, and its group makes another under the same name. */
  void recreate(Instant now) {
    id = 0;
    status = "";
    action = "RECREATING";
    due = now;
    endsAt = null;
  }

  /** What was being made is lost, and is tried again. */
  void recreateLater(Instant now) {
    id = 0;
    status = "";
    due = now;
  }

  void delete(Instant gone) {
    action = "DELETING";
    status = id == 0 ? "" : "STOPPING";
    due = gone;
  }
}
