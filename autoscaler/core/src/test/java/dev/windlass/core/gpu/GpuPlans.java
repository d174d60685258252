package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Policy;

/** What tests ask of plans. */
final class GpuPlans {
  private GpuPlans() {}

  static Policy keepingFailed() {
    Policy usual = Policy.DEFAULT;
    return new Policy(
        usual.scaleUp(),
        usual.scaleDown(),
        usual.replicas(),
        new Policy.GpuBootstrap(false),
        usual.staleness(),
        false);
  }

  static boolean isStart(Action action) {
    return action instanceof Action.StartGpuStep;
  }

  static boolean isOpen(Action action) {
    return action instanceof Action.OpenGpuNode;
  }

  static boolean isTaint(Action action) {
    return action instanceof Action.TaintForRemoval;
  }

  static boolean isDelete(Action action) {
    return action instanceof Action.DeleteInstance;
  }

  static boolean isNote(Action action) {
    return action instanceof Action.AnnotateNode;
  }
}
