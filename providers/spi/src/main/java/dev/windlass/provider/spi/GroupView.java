package dev.windlass.provider.spi;

import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import java.util.List;

/**
 * What a cloud says of one node group.
 *
 * @param target the size it was last asked for
 * @param limits the cloud's own bounds of the size
 * @param instances its machines, those that are being created or deleted included; machines in a
 *     warm pool or on standby are no capacity and not among them
 * @param failures purchases that failed and have not been reported before
 * @param remarks what a person should know: rivals that change the group too, processes that are
 *     suspended, health issues; no effect on decisions
 */
public record GroupView(
    int target,
    Limits limits,
    List<Instance> instances,
    List<GroupFailure> failures,
    List<Remark> remarks) {
  public GroupView {
    instances = List.copyOf(instances);
    failures = List.copyOf(failures);
    remarks = List.copyOf(remarks);
  }

  /** A view of a group without bounds of its own, of which there is nothing to remark. */
  public GroupView(int target, List<Instance> instances, List<GroupFailure> failures) {
    this(target, Limits.NONE, instances, failures, List.of());
  }

  /**
   * Bounds that the cloud keeps.
   *
   * @param min never fewer
   * @param max never more
   */
  public record Limits(int min, int max) {
    /** No bounds. */
    public static final Limits NONE = new Limits(0, Integer.MAX_VALUE);
  }

  /**
   * Something to know of a group.
   *
   * @param kind what it is about
   * @param message the sentence to show
   */
  public record Remark(Kind kind, String message) {
    /** What a remark is about. */
    public enum Kind {
      /** Another controller changes the group's size or machines. */
      RIVAL,
      /** The cloud does less for the group than usual. */
      SUSPENDED,
      /** The cloud says that the group is not well. */
      HEALTH,
      /** The group is set up in a way that leads to surprises. */
      CONFIGURATION
    }
  }
}
