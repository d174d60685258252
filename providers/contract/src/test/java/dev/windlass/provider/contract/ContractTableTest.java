package dev.windlass.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.provider.contract.rows.FaultList;
import dev.windlass.provider.contract.rows.PeerBugs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTableTest {
  private static final Verdict PASSED = new Verdict("F1", "throttled", Verdict.PASSED, "");

  @Test
  void putsColumnsSideBySideWithTheReasonsBelow(@TempDir Path folder) throws IOException {
    write(folder, "one", List.of(PASSED, verdict("F2", Verdict.NOT_APPLICABLE, "has\nnone")));
    write(folder, "two", List.of(PASSED, verdict("F2", Verdict.FAILED, "")));

    assertThat(ContractTable.of(folder))
        .isEqualTo(
            """
            | Row | Injected | one | two |
            |---|---|---|---|
            | F1 | throttled | passed | passed |
            | F2 | started | not applicable | failed |

            - F2, one: has none
            """);
  }

  @Test
  void leavesACellEmptyForARowThatWasNotPlayed(@TempDir Path folder) throws IOException {
    write(folder, "one", List.of(PASSED));
    write(folder, "two", List.of(verdict("F2", Verdict.PASSED, "")));

    assertThat(ContractTable.of(folder))
        .contains("| F1 | throttled | passed |  |")
        .contains("| F2 | started |  | passed |");
  }

  @Test
  void everyFaultOfTheListHasOneRow() {
    assertThat(FaultList.rows(Duration.ZERO))
        .extracting(Row::id)
        .isEqualTo(IntStream.rangeClosed(1, 48).mapToObj(i -> "F" + i).toList());
  }

  @Test
  void everyBugOfAPeerHasANameOfItsOwn() {
    assertThat(PeerBugs.rows())
        .extracting(Row::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("(CA|AKS|KAWS|KAZ|KGCP)-\\d+"));
  }

  private static void write(Path folder, String provider, List<Verdict> verdicts)
      throws IOException {
    ContractTable.write(folder.resolve(provider).resolve("target/contract"), provider, verdicts);
  }

  private static Verdict verdict(String row, String word, String reason) {
    return new Verdict(row, "started", word, reason);
  }
}
