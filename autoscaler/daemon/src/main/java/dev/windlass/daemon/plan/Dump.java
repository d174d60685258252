package dev.windlass.daemon.plan;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.input.Problem;
import java.util.List;

/**
 * A dump of a cluster as the input of a decision.
 *
 * @param snapshot the cluster
 * @param policy the dump's Configuration, else the defaults
 * @param unread what is not in the snapshot
 */
public record Dump(ClusterSnapshot snapshot, Policy policy, Unread unread) {
  /** What came of reading: a dump, or everything that is wrong with the input. */
  public sealed interface Outcome {
    record Read(Dump dump) implements Outcome {}

    record Bad(List<Problem> problems) implements Outcome {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }
}
