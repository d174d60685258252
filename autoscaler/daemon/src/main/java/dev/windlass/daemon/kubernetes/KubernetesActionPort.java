package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.daemon.cloud.CloudActionPort;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.ActionPort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Carries actions out: those on machines go to the clouds, all others to the API server. What the
 * API server refuses or fails to do is an outcome, never an exception.
 */
public final class KubernetesActionPort implements ActionPort {
  private final CloudActionPort clouds;
  private final NodeWrites nodes;
  private final ScaleWrites workloads;
  private final PodWrites pods;
  private final GpuNodeWrites gpuNodes;

  /**
   * A port to this cluster.
   *
   * @param client talks to the API server
   * @param clouds buys and deletes machines
   */
  public KubernetesActionPort(KubernetesClient client, CloudActionPort clouds) {
    this.clouds = clouds;
    nodes = new NodeWrites(client);
    workloads = new ScaleWrites(client);
    pods = new PodWrites(client);
    gpuNodes = new GpuNodeWrites(client, nodes);
  }

  @Override
  public ActionOutcome apply(Action action) {
    try {
      return carryOut(action);
    } catch (KubernetesClientException failure) {
      return ApiAnswers.outcome(action, failure);
    }
  }

  private ActionOutcome carryOut(Action action) {
    return switch (action) {
      case Action.ScaleWorkload scale -> workloads.scale(scale);
      case Action.IncreaseGroup increase -> clouds.increase(increase);
      case Action.DeleteInstance delete -> clouds.delete(delete);
      case Action.TaintForRemoval taint ->
          nodes.patch(
              taint,
              taint.node(),
              taint.expected(),
              node -> NodePatches.beginRemoval(node, taint.since()));
      case Action.CancelRemoval cancel ->
          nodes.patch(cancel, cancel.node(), cancel.expected(), NodePatches::cancelRemoval);
      case Action.EvictPod evict -> pods.evict(evict);
      case Action.DeleteNodeObject forget -> nodes.delete(forget);
      case Action.AnnotateNode annotate ->
          nodes.patch(
              annotate,
              annotate.node(),
              annotate.expected(),
              node -> NodePatches.annotate(node, annotate.annotations()));
      case Action.StartGpuStep step -> gpuNodes.start(step);
      case Action.RepairGpuNode repair -> gpuNodes.repair(repair);
      case Action.ReportGpuHealth report -> nodes.report(report);
      case Action.ChangeGpuTaint change ->
          nodes.patch(
              change, change.node(), change.expected(), node -> NodePatches.gpuTaint(node, change));
      case Action.OpenGpuNode open ->
          nodes.patch(
              open, open.node(), open.expected(), node -> NodePatches.open(node, open.labels()));
    };
  }
}
