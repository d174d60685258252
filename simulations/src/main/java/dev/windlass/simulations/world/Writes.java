package dev.windlass.simulations.world;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The API server as the world's actors write to it. Their next step is their retry: what has
 * changed meanwhile, exists already or is gone is no failure; anything else is kept for the report.
 */
public final class Writes {
  private static final Set<Integer> OVERTAKEN = Set.of(404, 409);
  private static final int KEPT_FAILURES = 20;

  private final KubernetesClient client;
  private final Set<String> failures = new LinkedHashSet<>();

  public Writes(KubernetesClient client) {
    this.client = client;
  }

  /** Makes one change; says whether it was made. */
  public boolean attempt(String what, Consumer<KubernetesClient> change) {
    try {
      change.accept(client);
      return true;
    } catch (KubernetesClientException refused) {
      if (!OVERTAKEN.contains(refused.getCode())) {
        keep(what + ": " + refused.getMessage());
      }
      return false;
    }
  }

  private synchronized void keep(String failure) {
    if (failures.size() < KEPT_FAILURES) {
      failures.add(failure);
    }
  }

  /** The failures since the last call, each once, the first few of many. */
  public synchronized List<String> takeFailures() {
    List<String> taken = List.copyOf(failures);
    failures.clear();
    return taken;
  }
}
