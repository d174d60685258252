package dev.windlass.daemon.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CountedCallsTest {
  @Test
  void countsWhatIsSentAndWhatIsHeldAndHowMuchADecisionTook() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    CountedCalls calls = new CountedCalls((_, _, method) -> !method.equals("Terminate"), registry);

    calls.acquire("team", "eu", "Describe");
    calls.acquire("team", "eu", "Describe");
    calls.acquire("team", "eu", "Terminate");
    calls.decided();
    calls.decided();

    assertThat(count(registry, "Describe", "sent")).isEqualTo(2);
    assertThat(count(registry, "Terminate", "held")).isEqualTo(1);
    assertThat(registry.get("windlass.cloud.calls.per.decision").summary().totalAmount())
        .isEqualTo(2);
    assertThat(registry.get("windlass.cloud.calls.per.decision").summary().count()).isEqualTo(2);
  }

  private static double count(SimpleMeterRegistry registry, String method, String result) {
    return registry
        .get("windlass.cloud.calls")
        .tags("account", "team", "region", "eu", "method", method, "result", result)
        .counter()
        .count();
  }
}
