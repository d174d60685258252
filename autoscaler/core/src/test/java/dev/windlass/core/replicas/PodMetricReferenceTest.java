package dev.windlass.core.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules R2 to R10 of the HorizontalPodAutoscaler written down once more, pod by pod and as
 * plainly as possible, against the planner on random pods.
 */
class PodMetricReferenceTest {
  private static final List<String> STATES =
      List.of(
          "ready",
          "ready",
          "ready",
          "ready",
          "lost",
          "warm",
          "never",
          "late",
          "fresh",
          "bare",
          "pending",
          "ending",
          "failed",
          "succeeded");
  private static final Set<String> IGNORED = Set.of("ending", "failed", "succeeded");
  private static final Set<String> UNTRUSTED = Set.of("never", "late", "fresh", "bare");

  private record Case(String state, @Nullable Long sample, long request) {
    private String word() {
      return state + ":" + (sample == null ? "-" : sample) + "/" + request;
    }

    private boolean isUnready() {
      return state.equals("pending") || (sample != null && UNTRUSTED.contains(state));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void agreesOnRandomPods(long seed) {
    Random random = new Random(seed);
    int errors = 0;
    for (int round = 0; round < 400; round++) {
      List<Case> cases = randomCases(random);
      int percent = 10 + random.nextInt(140);
      int current = 1 + random.nextInt(12);
      String words = cases.stream().map(Case::word).collect(Collectors.joining(" "));
      PodTokens tokens = PodTokens.parse(words);
      MetricProposal actual =
          Scenario.of(current)
              .pods(tokens.pods())
              .metric(Metrics.cpu(percent), new MetricReading.PodSamples(tokens.samples()))
              .decide()
              .metrics()
              .getFirst();
      Integer expected = expected(cases, percent, current);
      errors += expected == null ? 1 : 0;
      assertThat(actual.proposal())
          .as("seed %s, round %s: %s at %s%% of %s", seed, round, current, percent, words)
          .isEqualTo(expected);
    }
    assertThat(errors).as("cases without a proposal").isBetween(1, 200);
  }

  private static List<Case> randomCases(Random random) {
    List<Case> cases = new ArrayList<>();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      String state = STATES.get(random.nextInt(STATES.size()));
      boolean sampled = !state.equals("pending") && random.nextInt(5) > 0;
      long request = 500L + 250L * random.nextInt(5);
      cases.add(new Case(state, sampled ? (long) random.nextInt(1500) : null, request));
    }
    return cases;
  }

  private static @Nullable Integer expected(List<Case> pods, int percent, int current) {
    List<Case> ready = new ArrayList<>();
    List<Case> missing = new ArrayList<>();
    List<Case> unready = new ArrayList<>();
    for (Case pod : pods) {
      if (IGNORED.contains(pod.state())) {
        continue;
      }
      if (pod.isUnready()) {
        unready.add(pod);
      } else if (pod.sample() == null) {
        missing.add(pod);
      } else {
        ready.add(pod);
      }
    }
    if (ready.isEmpty()) {
      return null;
    }
    long used = 0;
    long requested = 0;
    for (Case pod : ready) {
      used += pod.sample() == null ? 0 : pod.sample();
      requested += pod.request();
    }
    int count = ready.size();
    long first = used * 100 / requested;
    double ratio = (double) first / percent;
    boolean careful = !missing.isEmpty() || (ratio > 1 && !unready.isEmpty());
    if (!careful) {
      return ratio >= 0.9 && ratio <= 1.1 ? current : (int) Math.ceil(ratio * count);
    }
    if (ratio != 1) {
      for (Case pod : missing) {
        used += ratio > 1 ? 0 : pod.request() * Math.max(100, percent) / 100;
        requested += pod.request();
        count++;
      }
    }
    if (ratio > 1) {
      for (Case pod : unready) {
        requested += pod.request();
        count++;
      }
    }
    long enlarged = used * 100 / requested;
    double second = (double) enlarged / percent;
    boolean turned = (second > 1) != (ratio > 1);
    if ((second >= 0.9 && second <= 1.1) || turned) {
      return current;
    }
    int proposal = (int) Math.ceil(second * count);
    return second > 1 ? Math.max(proposal, current) : Math.min(proposal, current);
  }
}
