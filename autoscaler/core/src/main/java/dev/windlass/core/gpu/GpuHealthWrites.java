package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import java.util.Optional;

/** What is written on nodes whose devices are in trouble. */
final class GpuHealthWrites {
  private GpuHealthWrites() {}

  /** Keeps new pods away, and notes what is due; empty when both are so already. */
  static Optional<Action> close(Node node, GpuRepairNote note) {
    boolean noted = GpuRepairNote.read(node).filter(note::equals).isPresent();
    return noted && node.hasTaint(Keys.GPU_UNHEALTHY)
        ? Optional.empty()
        : Optional.of(change(node, true, note, note.cause()));
  }

  /** Lets pods come again. */
  static Action open(Node node, GpuRepairNote healed, String why) {
    return change(node, false, healed, why);
  }

  /** The node's condition where it says something else; healthy is not said before trouble is. */
  static Optional<Action> report(Node node, GpuRepairNote note) {
    String known = node.status().gpuHealth();
    String wanted = note.isOpen() ? note.repair().title() : "Healthy";
    boolean said = known.equals(wanted) || (!note.isOpen() && known.isEmpty());
    return said
        ? Optional.empty()
        : Optional.of(
            new Action.ReportGpuHealth(
                node.name(), node.identity(), !note.isOpen(), wanted, note.cause()));
  }

  private static Action change(Node node, boolean present, GpuRepairNote note, String why) {
    return new Action.ChangeGpuTaint(
        node.name(), node.identity(), Keys.GPU_UNHEALTHY, present, note.written(), why);
  }
}
