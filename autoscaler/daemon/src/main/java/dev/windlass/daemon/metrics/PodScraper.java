package dev.windlass.daemon.metrics;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.PodScrape;
import dev.windlass.daemon.metrics.BoundedHttp.Page;
import dev.windlass.daemon.metrics.CounterMemory.Rates;
import dev.windlass.daemon.metrics.Exposition.Series;
import dev.windlass.daemon.metrics.PodPage.PodAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Reads metrics from the pages that pods serve. A pod that gives no number has no sample, and the
 * decision counts it as such; only when no pod gives one has the metric failed.
 */
final class PodScraper {
  private static final int MAX_PAGE_BYTES = 4 << 20;
  private static final int MAX_PODS = 2_000;
  private static final int MAX_CONCURRENT_PAGES = 32;
  private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ROUND_TIMEOUT = Duration.ofSeconds(15);

  private final BoundedHttp http;
  private final InstantSource clock;
  private final CounterMemory counters = new CounterMemory();
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT_PAGES);

  /** What one pod gave for each metric. */
  private record OfPod(Map<MetricSpec.Scraped, Answer<PodSample>> answers) {}

  PodScraper(BoundedHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /** What the metrics of a page say. */
  Map<MetricSpec.Scraped, MetricReading> read(PodPage page, Set<MetricSpec.Scraped> metrics) {
    List<OfPod> pods = ask(page, metrics);
    Map<MetricSpec.Scraped, MetricReading> readings = new HashMap<>();
    for (MetricSpec.Scraped metric : metrics) {
      readings.put(metric, reading(metric, pods));
    }
    counters.forgetOld(clock.instant());
    return readings;
  }

  private static MetricReading reading(MetricSpec.Scraped metric, List<OfPod> pods) {
    List<PodSample> samples = new ArrayList<>();
    MetricReading failure =
        SourceError.NO_SERIES.because("no pod with an address serves " + metric.name());
    for (OfPod pod : pods) {
      switch (pod.answers().get(metric)) {
        case Answer.Of<PodSample> of -> samples.add(of.value());
        case Answer.None<PodSample> none -> failure = none.failure();
        case null -> {
          // a pod whose answer was not waited for has no sample
        }
      }
    }
    return samples.isEmpty() ? failure : new MetricReading.PodSamples(samples);
  }

  private List<OfPod> ask(PodPage page, Set<MetricSpec.Scraped> metrics) {
    List<Callable<OfPod>> tasks = new ArrayList<>();
    for (PodAddress pod : page.pods()) {
      if (pod.ip() != null && tasks.size() < MAX_PODS) {
        tasks.add(() -> ask(pod, page, metrics));
      }
    }
    List<OfPod> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<OfPod> future :
          threads.invokeAll(tasks, ROUND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!future.isCancelled()) {
          answers.add(future.get());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    }
    return answers;
  }

  private OfPod ask(PodAddress pod, PodPage page, Set<MetricSpec.Scraped> metrics)
      throws InterruptedException {
    permits.acquire();
    try {
      Answer<Page> answer =
          http.askPod(
              new BoundedHttp.Question(
                  uri(pod, page), SourceCredentials.NONE, PAGE_TIMEOUT, MAX_PAGE_BYTES));
      return switch (answer) {
        case Answer.None<Page> none -> failed(metrics, none.failure());
        case Answer.Of<Page> of -> read(pod, of.value(), metrics);
      };
    } finally {
      permits.release();
    }
  }

  private OfPod read(PodAddress pod, Page answer, Set<MetricSpec.Scraped> metrics) {
    if (answer.status() != 200) {
      return failed(
          metrics, SourceError.ANSWERED_ERROR.because(pod.pod() + ": status " + answer.status()));
    }
    Set<String> names = metrics.stream().map(MetricSpec.Scraped::name).collect(Collectors.toSet());
    Instant now = clock.instant();
    return Exposition.read(answer.text(), names)
        .map(found -> {
          Map<MetricSpec.Scraped, Answer<PodSample>> samples = new HashMap<>();
          for (MetricSpec.Scraped metric : metrics) {
            List<Series> series =
                found.getOrDefault(metric.name(), List.of()).stream()
                    .filter(each -> metric.series().matches(each.labels()))
                    .toList();
            samples.put(metric, sample(new CounterMemory.Key(pod, metric), series, now));
          }
          return new OfPod(samples);
        })
        .orElseGet(() ->
            failed(
                metrics,
                SourceError.UNREADABLE_ANSWER.because(
                    pod.pod() + " serves no page in Prometheus' text format")));
  }

  private Answer<PodSample> sample(CounterMemory.Key key, List<Series> series, Instant now) {
    MetricSpec.Scraped metric = key.metric();
    String pod = key.pod().pod().name();
    if (series.isEmpty()) {
      return Answer.none(SourceError.NO_SERIES, pod + " serves no " + metric.name());
    }
    Rates rates =
        switch (metric.scrape().reading()) {
          case GAUGE -> new Rates(series.stream().map(Series::value).toList(), Duration.ZERO);
          case RATE -> counters.rates(key, series, now);
        };
    if (rates.perSecond().isEmpty()) {
      return Answer.none(SourceError.FIRST_READING, "a rate needs two readings of " + pod);
    }
    double value = aggregate(metric.scrape().aggregation(), rates.perSecond());
    return switch (MetricNumbers.milli(value)) {
      case Answer.None<Long> none -> new Answer.None<>(none.failure());
      case Answer.Of<Long> of ->
          new Answer.Of<>(new PodSample(pod, Map.of("", of.value()), now, rates.window()));
    };
  }

  private static double aggregate(PodScrape.Aggregation aggregation, List<Double> values) {
    double sum = values.stream().mapToDouble(Double::doubleValue).sum();
    return switch (aggregation) {
      case SUM -> sum;
      case MEAN -> sum / values.size();
      case MAX -> values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    };
  }

  private static OfPod failed(Set<MetricSpec.Scraped> metrics, MetricReading.Failure failure) {
    Map<MetricSpec.Scraped, Answer<PodSample>> answers = new HashMap<>();
    metrics.forEach(metric -> answers.put(metric, new Answer.None<>(failure)));
    return new OfPod(answers);
  }

  private static URI uri(PodAddress pod, PodPage page) {
    String ip = String.valueOf(pod.ip());
    String host = ip.indexOf(':') < 0 ? ip : "[" + ip + "]";
    return URI.create("http://" + host + ":" + page.port() + page.path());
  }
}
