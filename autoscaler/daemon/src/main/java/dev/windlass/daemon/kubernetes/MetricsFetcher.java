package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricReading;
import dev.windlass.daemon.cloud.Repeating;
import dev.windlass.daemon.metrics.MetricSources;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks metrics APIs, Prometheus servers and pods for what the scalers follow, in the background:
 * each question once in the shortest tick of the scalers that ask it, each on its own, so that a
 * source that is slow or silent fails for its own metrics alone.
 */
public final class MetricsFetcher implements AutoCloseable {
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration MAX_AGE = Duration.ofMinutes(2);

  private final ClusterStores stores;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Runnable wakeUp;
  private final MetricAsker asker;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<MetricQuestion, Answer> answers = new ConcurrentHashMap<>();
  private final Map<MetricQuestion, Instant> askedAt = new ConcurrentHashMap<>();
  private final Set<MetricQuestion> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Instant> wokenAt = new AtomicReference<>(Instant.MIN);
  private volatile MetricQuestions questions = MetricQuestions.NONE;
  private Instant nextDue = Instant.MIN;
  private @Nullable Repeating repeating;

  /** An answer and when it was asked for. */
  private record Answer(MetricAsker.Answered answered, Instant asked) {}

  /** A fetcher that has not begun, and asks no Prometheus server. */
  public MetricsFetcher(
      KubernetesClient client, ClusterStores stores, InstantSource clock, Consumer<String> log) {
    this(client, stores, List.of(), clock, log, () -> {});
  }

  /**
   * A fetcher that has not begun.
   *
   * @param allowedHosts the Prometheus servers that may be asked
   * @param wakeUp is run, once a second at most, when there is an answer for a scaler with a tick
   *     of its own
   */
  public MetricsFetcher(
      KubernetesClient client,
      ClusterStores stores,
      List<String> allowedHosts,
      InstantSource clock,
      Consumer<String> log,
      Runnable wakeUp) {
    this.stores = stores;
    this.clock = clock;
    this.log = log;
    this.wakeUp = wakeUp;
    this.asker =
        new MetricAsker(
            client, stores, new MetricSources(allowedHosts, new GrantedSecrets(client), clock));
  }

  /**
   * Asks now and then again and again.
   *
   * @param usual how often, but for scalers with a shorter tick
   */
  public void start(Duration usual) {
    Duration pause = usual.compareTo(ROUND) < 0 ? usual : ROUND;
    repeating =
        Repeating.start(
            "metrics", pause, () -> askDue(usual), failure -> log.accept(failure.toString()));
  }

  /** The newest answers; one that is too old is a failure of its metric. */
  MetricReadings latest() {
    Instant oldestThatCounts = clock.instant().minus(MAX_AGE);
    Map<MetricKey, MetricReading> readings = new HashMap<>();
    Instant oldest = null;
    for (Map.Entry<MetricKey, MetricQuestions.Asking> each : questions.byMetric().entrySet()) {
      Answer answer = answers.get(each.getValue().question());
      if (answer == null) {
        continue;
      }
      if (answer.asked().isBefore(oldestThatCounts)) {
        readings.put(
            each.getKey(),
            new MetricReading.Failure("TimedOut: the last answer is of " + answer.asked()));
      } else {
        readings.put(each.getKey(), answer.answered().to(each.getValue().metric()));
        oldest = oldest == null || answer.asked().isBefore(oldest) ? answer.asked() : oldest;
      }
    }
    return new MetricReadings(readings, oldest);
  }

  @Override
  public void close() {
    if (repeating != null) {
      repeating.close();
    }
    requests.shutdownNow();
    asker.close();
  }

  private void askDue(Duration usual) {
    Instant now = clock.instant();
    if (now.isBefore(nextDue)) {
      return;
    }
    MetricQuestions asked = MetricQuestions.of(stores);
    questions = asked;
    Map<MetricQuestion, Duration> periods = asked.periods(usual);
    answers.keySet().retainAll(periods.keySet());
    askedAt.keySet().retainAll(periods.keySet());
    nextDue = now.plus(usual);
    periods.forEach((question, period) -> {
      Instant last = askedAt.get(question);
      Instant due = last == null ? now : last.plus(period);
      if (!due.isAfter(now)) {
        askInBackground(question, asked, period.compareTo(usual) < 0);
        due = now.plus(period);
      }
      nextDue = due.isBefore(nextDue) ? due : nextDue;
    });
  }

  private void askInBackground(MetricQuestion question, MetricQuestions asked, boolean urgent) {
    if (!underWay.add(question)) {
      return;
    }
    Instant now = clock.instant();
    askedAt.put(question, now);
    requests.execute(() -> {
      try {
        answers.put(question, new Answer(asker.ask(question, asked), now));
        if (urgent) {
          wake();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException failure) {
        answers.put(question, new Answer(_ -> failure(failure), now));
      } finally {
        underWay.remove(question);
      }
    });
  }

  private static MetricReading failure(RuntimeException failure) {
    return new MetricReading.Failure("Unreachable: " + failure);
  }

  private void wake() {
    Instant now = clock.instant();
    Instant before = wokenAt.get();
    boolean longAgo = before.equals(Instant.MIN) || !before.plus(ROUND).isAfter(now);
    if (longAgo && wokenAt.compareAndSet(before, now)) {
      wakeUp.run();
    }
  }
}
