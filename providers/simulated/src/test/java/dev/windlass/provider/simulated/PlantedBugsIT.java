package dev.windlass.provider.simulated;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.rows.FaultList;
import dev.windlass.provider.contract.rows.PeerBugs;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract notices what it is there for. */
class PlantedBugsIT {
  @ParameterizedTest
  @EnumSource
  void rowFailsForAProviderWithTheBugThatItIsAbout(Misbehaving.Bug bug) throws IOException {
    Row row =
        Stream.concat(FaultList.rows(Duration.ZERO).stream(), PeerBugs.rows().stream())
            .filter(each -> each.id().equals(bug.row))
            .findFirst()
            .orElseThrow();
    try (Scene scene = new Scene(new BuggyRig(bug))) {
      assertThatThrownBy(() -> row.check().run(scene)).isNotNull();
    }
  }

  private static final class BuggyRig extends SimulatedRig {
    private final Misbehaving.Bug bug;

    BuggyRig(Misbehaving.Bug bug) throws IOException {
      this.bug = bug;
    }

    @Override
    public CloudProvider connect(CallBudget budget, Duration timeout) {
      return new Misbehaving(super.connect(budget, timeout), bug);
    }
  }
}
