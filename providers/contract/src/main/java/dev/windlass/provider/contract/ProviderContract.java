package dev.windlass.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.provider.contract.rows.FaultList;
import dev.windlass.provider.contract.rows.PeerBugs;
import dev.windlass.provider.testkit.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract, for a test class of each provider to extend: F1 to F48, the bugs of peers, and
 * random schedules of faults. Each row has a rig of its own. After the last one the verdicts are
 * printed and written to {@code target/contract}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ProviderContract {
  private static final Path FOLDER = Path.of("target", "contract");
  private static final String FIRST_SEED = "windlass.contract.seed";

  private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

  /** A rig of which nothing was used yet. */
  protected abstract Rig rig() throws IOException;

  /** How much real time each answer of a large account takes. */
  protected Duration latency() {
    return Duration.ofMillis(50);
  }

  /** How many random schedules are played. */
  protected int schedules() {
    return 100;
  }

  @TestFactory
  Stream<DynamicTest> faults() {
    return FaultList.rows(latency()).stream().map(this::test);
  }

  @TestFactory
  Stream<DynamicTest> peerBugs() {
    return PeerBugs.rows().stream().map(this::test);
  }

  private DynamicTest test(Row row) {
    return DynamicTest.dynamicTest(row.id() + " " + row.title(), () -> run(row));
  }

  private void run(Row row) throws IOException, InterruptedException {
    String reason;
    try (Rig rig = rig()) {
      reason = rig.notApplicable().getOrDefault(row.id(), row.elsewhere());
      if (reason.isEmpty()) {
        check(row, rig);
      }
    }
    if (!reason.isEmpty()) {
      verdicts.put(row.id(), new Verdict(row.id(), row.title(), Verdict.NOT_APPLICABLE, reason));
      Assumptions.abort(reason);
    }
  }

  private void check(Row row, Rig rig) throws InterruptedException {
    String word = Verdict.FAILED;
    try (Scene scene = new Scene(rig)) {
      row.check().run(scene);
      word = Verdict.PASSED;
    } finally {
      verdicts.put(row.id(), new Verdict(row.id(), row.title(), word, ""));
    }
  }

  /** Replays from one seed with {@code -Dwindlass.contract.seed=SEED}. */
  @Test
  void randomSchedulesOfFaultsBreakNoInvariant() throws IOException {
    long first = Long.getLong(FIRST_SEED, 1L);
    int count = Long.getLong(FIRST_SEED) == null ? schedules() : 1;
    Tally tally = new Tally();
    for (long seed : IntStream.range(0, count).mapToLong(i -> first + i).toArray()) {
      try (Scene scene = new Scene(rig())) {
        RandomSchedule.play(scene, seed);
        tally.add(scene);
      } catch (AssertionError | RuntimeException broken) {
        throw new AssertionError("schedule with seed " + seed + ": " + broken.getMessage(), broken);
      }
    }
    System.out.printf("%d schedules from seed %d: %s%n", count, first, tally);
    assertThat(tally.changes).as("schedules in which something happens").isGreaterThan(count);
    assertThat(tally.refusals).as("schedules in which something fails").isGreaterThan(count);
  }

  private static final class Tally {
    private long requests;
    private long changes;
    private long refusals;

    void add(Scene scene) {
      for (Journal.Entry entry : scene.cloud().journal().entries()) {
        requests++;
        changes += entry.request().writes() && entry.happened() ? 1 : 0;
        refusals += entry.status() / 100 == 2 ? 0 : 1;
      }
    }

    @Override
    public String toString() {
      return requests + " requests, " + changes + " changes, " + refusals + " without success";
    }
  }

  @Test
  void everyReasonNamesARow() throws IOException {
    List<String> rows =
        Stream.concat(FaultList.rows(latency()).stream(), PeerBugs.rows().stream())
            .map(Row::id)
            .toList();
    try (Rig rig = rig()) {
      assertThat(rows).containsAll(rig.notApplicable().keySet()).doesNotHaveDuplicates();
      assertThat(rig.notApplicable().values()).noneMatch(String::isBlank);
    }
  }

  @AfterAll
  void writeVerdicts() throws IOException {
    String provider;
    try (Rig rig = rig()) {
      provider = rig.provider();
    }
    List<Verdict> inOrder =
        Stream.concat(FaultList.rows(latency()).stream(), PeerBugs.rows().stream())
            .flatMap(row -> Stream.ofNullable(verdicts.get(row.id())))
            .toList();
    if (!inOrder.isEmpty()) {
      ContractTable.write(FOLDER, provider, inOrder);
      System.out.println(ContractTable.markdown(Map.of(provider, inOrder)));
    }
  }
}
