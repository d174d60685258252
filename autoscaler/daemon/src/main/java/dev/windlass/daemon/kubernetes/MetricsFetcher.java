package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.daemon.cloud.Repeating;
import dev.windlass.daemon.metrics.MetricSources;
import dev.windlass.daemon.metrics.PodPage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks metrics APIs, Prometheus servers and pods for what the scalers follow, again and again in
 * the background. A source that does not answer is a failed reading of those metrics alone.
 */
public final class MetricsFetcher implements AutoCloseable {
  private static final int MAX_CONCURRENT_REQUESTS = 8;

  private final KubernetesClient client;
  private final ClusterStores stores;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final MetricSources sources;
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT_REQUESTS);
  private final Map<MetricRequest.Api, String> versions = new ConcurrentHashMap<>();
  private volatile MetricReadings latest = MetricReadings.NONE;
  private @Nullable Repeating repeating;

  /** A fetcher that has not begun, and asks no Prometheus server. */
  public MetricsFetcher(
      KubernetesClient client, ClusterStores stores, InstantSource clock, Consumer<String> log) {
    this(client, stores, List.of(), clock, log);
  }

  /** A fetcher that has not begun, and may ask the Prometheus servers on these hosts. */
  public MetricsFetcher(
      KubernetesClient client,
      ClusterStores stores,
      List<String> allowedHosts,
      InstantSource clock,
      Consumer<String> log) {
    this.client = client;
    this.stores = stores;
    this.clock = clock;
    this.log = log;
    this.sources = new MetricSources(allowedHosts, new GrantedSecrets(client), clock);
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
    sources.close();
  }

  void fetch() {
    Instant asked = clock.instant();
    MetricQuestions questions = MetricQuestions.of(stores);
    Map<MetricQuestion, Answered> answers = new ConcurrentHashMap<>();
    try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      for (MetricQuestion question : questions.all()) {
        requests.execute(() -> answers.put(question, ask(question, questions)));
      }
    }
    Map<MetricKey, MetricReading> readings = new HashMap<>();
    questions
        .byMetric()
        .forEach((key, asking) -> {
          Answered answered = answers.get(asking.question());
          if (answered != null) {
            readings.put(key, answered.to(asking.metric()));
          }
        });
    latest = new MetricReadings(readings, questions.byMetric().isEmpty() ? null : asked);
  }

  /** What a question's answer says to each metric that asked it. */
  private interface Answered {
    MetricReading to(MetricSpec metric);
  }

  private Answered ask(MetricQuestion question, MetricQuestions questions) {
    permits.acquireUninterruptibly();
    try {
      return switch (question) {
        case MetricQuestion.OfApi api -> same(ask(api));
        case MetricQuestion.OfPrometheus prometheus ->
            same(sources.ask(prometheus.query(), prometheus.namespace()));
        case MetricQuestion.OfPods pods -> scraped(pods, questions);
      };
    } finally {
      permits.release();
    }
  }

  private static Answered same(MetricReading reading) {
    return _ -> reading;
  }

  private Answered scraped(MetricQuestion.OfPods pods, MetricQuestions questions) {
    Map<MetricSpec.Scraped, MetricReading> readings =
        sources.scrape(
            new PodPage(
                stores.addresses(pods.namespace(), pods.selector()), pods.port(), pods.path()),
            questions.scraped(pods));
    return metric -> {
      MetricReading reading =
          metric instanceof MetricSpec.Scraped scraped ? readings.get(scraped) : null;
      return reading == null ? new MetricReading.Failure("the metric was not read") : reading;
    };
  }

  private MetricReading ask(MetricQuestion.OfApi question) {
    MetricRequest request = question.request();
    try {
      String version = version(request.api());
      String answer =
          client.raw("/apis/" + request.api().group() + "/" + version + "/" + request.path());
      return answer == null
          ? new MetricReading.Failure(request.api().group() + " has no such metric")
          : MetricAnswers.read(request, question.shape(), answer);
    } catch (KubernetesClientException failure) {
      return new MetricReading.Failure(
          failure.getMessage() == null ? failure.toString() : failure.getMessage());
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
