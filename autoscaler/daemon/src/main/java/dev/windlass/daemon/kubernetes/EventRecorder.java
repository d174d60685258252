package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.TemplateDrift;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.Tick;
import dev.windlass.engine.TickListener;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes events about what was done and what could not be, on a thread of its own. What is too much
 * for {@link EventLimiter} or for the queue is dropped: events tell, they don't keep.
 */
public final class EventRecorder implements TickListener, AutoCloseable {
  private static final int PER_SECOND = 20;
  private static final int MAX_QUEUED = 1_000;
  private static final String COMPONENT = "windlass";

  private final KubernetesClient client;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final ReentrantLock lock = new ReentrantLock();
  private final EventLimiter limiter = new EventLimiter(PER_SECOND);
  private final BlockingQueue<ClusterEvent> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
  private final Map<NodeGroupName, List<TemplateDrift>> toldDrifts = new ConcurrentHashMap<>();
  private final Thread thread;
  private long number;

  /** Begins to wait for events. */
  public EventRecorder(KubernetesClient client, InstantSource clock, Consumer<String> log) {
    this.client = client;
    this.clock = clock;
    this.log = log;
    thread = Thread.ofVirtual().name("event-recorder").start(this::run);
  }

  /** Tells what came of an action; notes on nodes are no news to anybody. */
  public void outcome(ActionOutcome outcome) {
    if (!(outcome.action() instanceof Action.AnnotateNode)) {
      offer(ClusterEvent.of(outcome));
    }
  }

  @Override
  public void ticked(Tick tick) {
    tellOfScalers(tick);
    tellOfPods(tick);
  }

  /** Tells of groups whose nodes are not as described, once for each difference. */
  public void drifted(Map<NodeGroupName, List<TemplateDrift>> drifts) {
    drifts.forEach((group, drift) -> {
      if (!drift.equals(toldDrifts.put(group, drift))) {
        offer(
            new ClusterEvent(
                ClusterEvent.Regarding.nodeGroup(group.value()),
                true,
                NodeGroupStatuses.DRIFT,
                NodeGroupStatuses.drifted(drift)));
      }
    });
    toldDrifts.keySet().retainAll(drifts.keySet());
  }

  private void tellOfScalers(Tick tick) {
    List<ReplicaDecision> troubled =
        tick.decision().plans().replicas().decisions().stream()
            .filter(each -> each.verdict().conditions().stream().anyMatch(ScalerEvents::isProblem))
            .toList();
    if (troubled.isEmpty()) {
      return;
    }
    Map<ObjectKey, Identity> scalers = new HashMap<>();
    tick.snapshot().scaling().scalers().forEach(each -> scalers.put(each.key(), each.identity()));
    for (ReplicaDecision decision : troubled) {
      Identity scaler = scalers.get(decision.scaler());
      ScalerEvents.problems(decision, scaler == null ? "" : scaler.uid()).forEach(this::offer);
    }
  }

  private void tellOfPods(Tick tick) {
    ScaleUpPlan plan = tick.decision().plans().scaleUp();
    if (plan.placements().isEmpty() && plan.unhelped().isEmpty()) {
      return;
    }
    Map<ObjectKey, Identity> pods = new HashMap<>();
    for (Pod pod : tick.snapshot().workloads().pods()) {
      if (pod.isPending()) {
        pods.put(pod.key(), pod.metadata().identity());
      }
    }
    for (PodPlacement placement : plan.placements()) {
      Identity pod = pods.get(placement.pod());
      if (placement instanceof PodPlacement.OnNewNode onNewNode && pod != null) {
        offer(ClusterEvent.of(onNewNode, pod));
      }
    }
    for (Unhelped unhelped : plan.unhelped()) {
      Identity pod = pods.get(unhelped.pod());
      if (pod != null) {
        offer(ClusterEvent.of(unhelped, pod));
      }
    }
  }

  /** How many events were news but too many at once. */
  public long surplus() {
    lock.lock();
    try {
      return limiter.surplus();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void offer(ClusterEvent event) {
    ClusterEvent.Regarding object = event.regarding();
    String about = object.kind() + " " + object.key() + " " + object.uid();
    lock.lock();
    try {
      if (limiter.admits(about, event.reason(), clock.instant())) {
        queue.offer(event);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        write(queue.take());
      } catch (InterruptedException _) {
        return;
      } catch (KubernetesClientException failure) {
        log.accept("an event was not written: " + failure.getMessage());
      }
    }
  }

  private void write(ClusterEvent event) {
    Instant now = clock.instant();
    number++;
    ClusterEvent.Regarding object = event.regarding();
    boolean clusterScoped = object.key().namespace().isEmpty();
    String namespace = clusterScoped ? "default" : object.key().namespace();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    Event written =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(
                object.key().name()
                    + "."
                    + Long.toHexString(now.toEpochMilli())
                    + "."
                    + Long.toHexString(number))
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(object.apiVersion())
            .withKind(object.kind())
            .withNamespace(clusterScoped ? null : namespace)
            .withName(object.key().name())
            .withUid(object.uid().isEmpty() ? null : object.uid())
            .endInvolvedObject()
            .withReason(event.reason())
            .withMessage(event.message())
            .withType(event.warning() ? "Warning" : "Normal")
            .withFirstTimestamp(time)
            .withLastTimestamp(time)
            .withCount(1)
            .withNewSource()
            .withComponent(COMPONENT)
            .endSource()
            .withReportingComponent(COMPONENT)
            .build();
    client.resource(written).create();
  }
}
