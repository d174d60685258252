package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.daemon.metrics.MetricSources;
import dev.windlass.daemon.metrics.PodPage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Asks one question; a source that does not answer is a failed reading. */
final class MetricAsker implements AutoCloseable {
  /** So many questions at a time to one source, so that a slow one holds no other up. */
  private static final int MAX_CONCURRENT_PER_SOURCE = 8;

  private static final MetricReading NOT_READ =
      new MetricReading.Failure("the metric was not read");

  private final KubernetesClient client;
  private final ClusterStores stores;
  private final MetricSources sources;
  private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();
  private final Map<MetricRequest.Api, String> versions = new ConcurrentHashMap<>();

  MetricAsker(KubernetesClient client, ClusterStores stores, MetricSources sources) {
    this.client = client;
    this.stores = stores;
    this.sources = sources;
  }

  /** What a question's answer says to each metric that asked it. */
  interface Answered {
    MetricReading to(MetricSpec metric);
  }

  /** Asks when it is this question's turn at its source. */
  Answered ask(MetricQuestion question, MetricQuestions questions) throws InterruptedException {
    Semaphore turn =
        permits.computeIfAbsent(source(question), _ -> new Semaphore(MAX_CONCURRENT_PER_SOURCE));
    turn.acquire();
    try {
      return switch (question) {
        case MetricQuestion.OfApi api -> read(api, questions.metrics(api));
        case MetricQuestion.OfPrometheus prometheus ->
            same(sources.ask(prometheus.query(), prometheus.namespace()));
        case MetricQuestion.OfPods pods -> scraped(pods, questions);
      };
    } finally {
      turn.release();
    }
  }

  @Override
  public void close() {
    sources.close();
  }

  private static String source(MetricQuestion question) {
    return switch (question) {
      case MetricQuestion.OfApi api -> api.api().group();
      case MetricQuestion.OfPrometheus prometheus -> prometheus.query().server();
      case MetricQuestion.OfPods pods -> "pods of " + pods.namespace();
    };
  }

  private static Answered same(MetricReading reading) {
    return _ -> reading;
  }

  private Answered scraped(MetricQuestion.OfPods pods, MetricQuestions questions) {
    Set<MetricSpec.Scraped> asked =
        questions.metrics(pods).stream()
            .filter(MetricSpec.Scraped.class::isInstance)
            .map(MetricSpec.Scraped.class::cast)
            .collect(Collectors.toSet());
    Map<MetricSpec.Scraped, MetricReading> readings =
        sources.scrape(
            new PodPage(
                stores.addresses(pods.namespace(), pods.selector()), pods.port(), pods.path()),
            asked);
    return metric -> {
      MetricReading reading =
          metric instanceof MetricSpec.Scraped scraped ? readings.get(scraped) : null;
      return reading == null ? NOT_READ : reading;
    };
  }

  private Answered read(MetricQuestion.OfApi question, Set<MetricSpec> metrics) {
    MetricRequest.Api api = question.api();
    String answer;
    try {
      answer = client.raw("/apis/" + api.group() + "/" + version(api) + "/" + question.path());
    } catch (KubernetesClientException failure) {
      return same(
          new MetricReading.Failure(
              failure.getMessage() == null ? failure.toString() : failure.getMessage()));
    }
    if (answer == null) {
      return same(new MetricReading.Failure(api.group() + " has no such metric"));
    }
    Map<MetricAnswers.Part, MetricReading> readings = new HashMap<>();
    for (MetricSpec metric : metrics) {
      readings.computeIfAbsent(
          MetricAnswers.Part.of(metric), part -> MetricAnswers.read(api, part, answer));
    }
    return metric -> readings.getOrDefault(MetricAnswers.Part.of(metric), NOT_READ);
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
