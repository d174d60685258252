package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.daemon.cloud.Repeating;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the metrics APIs for what the scalers follow, again and again in the background. A source
 * that does not answer is a failed reading of those metrics alone.
 */
public final class MetricsFetcher implements AutoCloseable {
  private static final int MAX_CONCURRENT_REQUESTS = 8;

  private final KubernetesClient client;
  private final ClusterStores stores;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT_REQUESTS);
  private final Map<MetricRequest.Api, String> versions = new ConcurrentHashMap<>();
  private volatile MetricReadings latest = MetricReadings.NONE;
  private @Nullable Repeating repeating;

  /** A metric's question and whether its answer has one sample for each pod. */
  private record Question(MetricRequest request, boolean ofPods) {}

  /** A fetcher that has not begun. */
  public MetricsFetcher(
      KubernetesClient client, ClusterStores stores, InstantSource clock, Consumer<String> log) {
    this.client = client;
    this.stores = stores;
    this.clock = clock;
    this.log = log;
  }

  /** Asks now and then again and again, this long after the last answer. */
  public void start(Duration interval) {
    repeating =
        Repeating.start(
            "metrics", interval, this::fetch, failure -> log.accept(failure.toString()));
  }

  /** The newest answers. */
  MetricReadings latest() {
    return latest;
  }

  @Override
  public void close() {
    if (repeating != null) {
      repeating.close();
    }
  }

  void fetch() {
    Instant asked = clock.instant();
    Map<MetricKey, Question> questions = questions();
    Map<Question, MetricReading> answers = new ConcurrentHashMap<>();
    try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Question question : new HashSet<>(questions.values())) {
        requests.execute(() -> answers.put(question, ask(question)));
      }
    }
    Map<MetricKey, MetricReading> readings = new HashMap<>();
    questions.forEach((key, question) -> {
      MetricReading reading = answers.get(question);
      if (reading != null) {
        readings.put(key, reading);
      }
    });
    latest = new MetricReadings(readings, questions.isEmpty() ? null : asked);
  }

  private Map<MetricKey, Question> questions() {
    Map<MetricKey, Question> questions = new HashMap<>();
    for (ReplicaScaler scaler : stores.scalers()) {
      ScaleTarget target = stores.target(scaler.target()).orElse(null);
      for (int index = 0; index < scaler.metrics().size(); index++) {
        MetricSpec metric = scaler.metrics().get(index);
        MetricRequest request = MetricRequest.of(scaler.key().namespace(), metric, target);
        if (request != null) {
          questions.put(
              new MetricKey(scaler.key(), index),
              new Question(request, metric instanceof MetricSpec.Pods));
        }
      }
    }
    return questions;
  }

  private MetricReading ask(Question question) {
    MetricRequest request = question.request();
    permits.acquireUninterruptibly();
    try {
      String version = version(request.api());
      String answer =
          client.raw("/apis/" + request.api().group() + "/" + version + "/" + request.path());
      return answer == null
          ? new MetricReading.Failure(request.api().group() + " has no such metric")
          : MetricAnswers.read(request, question.ofPods(), answer);
    } catch (KubernetesClientException failure) {
      return new MetricReading.Failure(
          failure.getMessage() == null ? failure.toString() : failure.getMessage());
    } finally {
      permits.release();
    }
  }

  /** The first version that the cluster serves; asked for until one is served. */
  private String version(MetricRequest.Api api) {
    String known = versions.get(api);
    if (known != null) {
      return known;
    }
    if (api.versions().size() == 1) {
      return api.versions().getFirst();
    }
    for (String version : api.versions()) {
      if (client.getApiResources(api.group() + "/" + version) != null) {
        versions.put(api, version);
        return version;
      }
    }
    return api.versions().getFirst();
  }
}
