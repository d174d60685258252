package dev.windlass.engine;

import dev.windlass.core.action.Action;

/**
 * What an action changes. Actions of one lane never run at the same time, and a slow lane delays no
 * other.
 *
 * @param name for instance {@code group/gpu-a} or {@code node/n1}
 */
public record Lane(String name) {
  /** The lane of an action. */
  public static Lane of(Action action) {
    return new Lane(
        switch (action) {
          case Action.ScaleWorkload scale -> "workload/" + scale.target();
          case Action.IncreaseGroup increase -> "group/" + increase.group();
          case Action.DeleteInstance delete -> "group/" + delete.group();
          case Action.TaintForRemoval taint -> "node/" + taint.node();
          case Action.CancelRemoval cancel -> "node/" + cancel.node();
          case Action.EvictPod evict -> "pod/" + evict.pod();
          case Action.DeleteNodeObject forget -> "node/" + forget.node();
          case Action.AnnotateNode annotate -> "node/" + annotate.node();
          case Action.StartGpuStep step -> "node/" + step.node();
          case Action.ChangeGpuTaint change -> "node/" + change.node();
          case Action.RepairGpuNode repair -> "node/" + repair.node();
          case Action.ReportGpuHealth report -> "node/" + report.node();
          case Action.OpenGpuNode open -> "node/" + open.node();
        });
  }
}
