package dev.windlass.core.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReplicaReasonTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Za-z]+)` \\| [A-Z][A-Za-z]+ \\|", Pattern.MULTILINE);

  @Test
  void everyReasonIsInTheReferenceAndTheReferenceNamesNoOther() throws IOException {
    String reference = Files.readString(Path.of("../../docs/reference/replicas.md"));
    assertThat(
            ROW.matcher(reference).results().map(MatchResult::group).map(row -> row.split("`")[1]))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ReplicaReason.values()).map(ReplicaReason::title).toList());
  }

  @Test
  void aTitleLeadsBackToItsReason() {
    for (ReplicaReason reason : ReplicaReason.values()) {
      assertThat(ReplicaReason.ofTitle(reason.title())).contains(reason);
    }
    assertThat(ReplicaReason.ofTitle("Unheard")).isEmpty();
  }
}
