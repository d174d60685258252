package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.convert.Conversion;
import dev.windlass.daemon.convert.HorizontalPodAutoscalers;
import dev.windlass.daemon.resource.Parsed;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands the target of a HorizontalPodAutoscaler over to a ReplicaScaler of the same name, and back.
 *
 * <p>At any moment at most one of the two moves the target: the scaler is paused whenever the
 * autoscaler exists. Each step may be the last one that happens; the same command goes on from
 * there. Failures of the API server are thrown.
 */
public final class Adoption {
  private final AdoptionObjects objects;
  private final Consumer<String> told;

  /**
   * An adoption in a cluster.
   *
   * @param client with the rights of whoever adopts
   * @param patience how long the daemon may take to decide on a scaler
   * @param told hears of each step after it is done
   */
  public Adoption(KubernetesClient client, Duration patience, Consumer<String> told) {
    this.objects = new AdoptionObjects(client, patience);
    this.told = told;
  }

  /** How it ended. */
  public sealed interface Outcome {
    /** It is done; the sentence says who scales the target now. */
    record Done(String sentence) implements Outcome {}

    /** It was not begun or not ended; the sentence says why and what to do. */
    record Stopped(String sentence) implements Outcome {}
  }

  /** Makes a ReplicaScaler of an autoscaler, waits until the daemon knows it, and hands over. */
  public Outcome adopt(ObjectKey name) {
    Optional<HorizontalPodAutoscaler> found = objects.autoscaler(name);
    if (found.isEmpty()) {
      return takeOver(name);
    }
    HorizontalPodAutoscaler autoscaler = found.get();
    return switch (HorizontalPodAutoscalers.convert(AdoptionObjects.tree(autoscaler))) {
      case Parsed.Bad<Conversion> bad -> new Outcome.Stopped(bad.message());
      case Parsed.Ok<Conversion> ok ->
          objects
              .refusal(autoscaler, ok.value())
              .<Outcome>map(Outcome.Stopped::new)
              .orElseGet(() -> handOver(autoscaler, ok.value().scaler()));
    };
  }

  private Outcome handOver(HorizontalPodAutoscaler autoscaler, ObjectNode scaler) {
    ObjectKey name = AdoptionObjects.key(autoscaler);
    if (objects.scaler(name).isEmpty()) {
      objects.createPaused(scaler, autoscaler);
      told.accept("made ReplicaScaler " + name + ", paused");
    }
    int replicas = objects.remember(name, autoscaler);
    told.accept("its status begins with the target's " + replicas + " replicas");
    if (!objects.observedPaused(name)) {
      return new Outcome.Stopped(
          "no daemon has taken ReplicaScaler "
              + name
              + " up; HorizontalPodAutoscaler "
              + name
              + " goes on. Start the daemon, or see the scaler's conditions, and adopt again");
    }
    told.accept("the daemon has taken it up");
    Optional<String> refusal = objects.deleteUnchanged(autoscaler);
    if (refusal.isPresent()) {
      return new Outcome.Stopped(refusal.get());
    }
    told.accept("deleted HorizontalPodAutoscaler " + name);
    return takeOver(name);
  }

  /** The last step: nobody else scales the target any more. */
  private Outcome takeOver(ObjectKey name) {
    if (!objects.isAdopted(name)) {
      return new Outcome.Stopped("there is no HorizontalPodAutoscaler " + name);
    }
    objects.pause(name, false);
    told.accept("unpaused ReplicaScaler " + name);
    return new Outcome.Done(
        "ReplicaScaler " + name + " scales the target; back: windlass convert --undo " + name);
  }

  /** Makes the autoscaler anew as it was, and deletes the scaler. */
  public Outcome undo(ObjectKey name) {
    if (!objects.isAdopted(name)) {
      return new Outcome.Stopped(
          "there is no ReplicaScaler " + name + " with the annotation " + Keys.ADOPTED_FROM);
    }
    objects.pause(name, true);
    told.accept("paused ReplicaScaler " + name);
    if (objects.autoscaler(name).isEmpty()) {
      boolean heard = objects.observedPaused(name);
      told.accept(heard ? "the daemon has let it go" : "no daemon has answered, so none scales it");
      objects.restore(name);
      told.accept("made HorizontalPodAutoscaler " + name);
    }
    objects.delete(name);
    told.accept("deleted ReplicaScaler " + name);
    return new Outcome.Done("HorizontalPodAutoscaler " + name + " scales the target");
  }
}
