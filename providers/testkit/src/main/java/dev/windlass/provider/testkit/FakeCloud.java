package dev.windlass.provider.testkit;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fake cloud as a test moves it, whatever protocol it speaks. What the cloud does by itself
 * (machines boot, are deleted, are tried again) happens as its clock is moved.
 */
public interface FakeCloud extends AutoCloseable {
  /** Its clock. */
  VirtualClock clock();

  /** What goes wrong. */
  FaultScript faults();

  /** What was asked. */
  Journal journal();

  /** Every answer comes later by this much real time. */
  void setLatency(Duration latency);

  /** Adds a group whose machines are running. */
  void addGroup(FakeGroup group);

  /** Removes a group with its machines. */
  void removeGroup(String group);

  /** What a person would do: another target. Lowering it lets the cloud choose machines. */
  void setTarget(String group, int target);

  /** What a person would do: other bounds. */
  void setLimits(String group, int min, int max);

  /** The target. */
  int target(String group);

  /** Its machines, those that are not there any more excluded. */
  List<FakeMachine> machines(String group);

  /** Machines in a scope cannot be had from now on; already accepted ones included. */
  void sellOut(FailureScope scope);

  /** Everything can be had again, and limits are lifted. */
  void restock();

  /**
   * The account may have so many machines of a scope; a launch beyond is refused as the cloud does.
   */
  void limit(FailureScope scope, int machines);

  /** A machine is lost; the cloud's own controllers react as they do. */
  void lose(InstanceId machine);

  /** A machine is replaced by another under the same name, where the cloud has names. */
  void recreate(InstanceId machine);

  /** A machine cannot be deleted by its group. */
  void protect(InstanceId machine);

  /** How long a machine takes to run, and to go. */
  void setTimes(Duration boot, Duration deletion);

  /** A machine does not show in lists for this long after its launch. */
  void setListingLag(Duration lag);

  /** A machine will be taken away: the cloud's notice, and at the deadline the machine goes. */
  void interrupt(InstanceId machine, @Nullable Instant deadline);

  @Override
  void close();

  /**
   * A group.
   *
   * @param id the cloud's id of it, as a NodeGroup refers to it
   * @param min its smallest size
   * @param max its largest
   * @param target its size
   * @param variants what it may bring
   */
  record FakeGroup(String id, int min, int max, int target, List<Variant> variants) {
    public FakeGroup {
      variants = List.copyOf(variants);
    }
  }

  /**
   * A machine.
   *
   * @param id its provider id and incarnation
   * @param variant what it is
   * @param running whether it runs; it is being created or deleted otherwise
   * @param leaving whether it is being deleted
   */
  record FakeMachine(InstanceId id, Variant variant, boolean running, boolean leaving) {}
}
