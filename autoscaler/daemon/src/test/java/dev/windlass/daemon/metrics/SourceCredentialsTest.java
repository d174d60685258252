package dev.windlass.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceCredentialsTest {
  @Test
  void prefersTheTokenToTheUser() {
    assertThat(SourceCredentials.of(Map.of("token", "abc\n", "username", "u", "password", "p")))
        .isEqualTo(new Answer.Of<>(new SourceCredentials("Bearer abc", null)));
  }

  @Test
  void joinsUserAndPassword() {
    assertThat(SourceCredentials.of(Map.of("username", "u", "password", "p", "ca.crt", "PEM")))
        .isEqualTo(new Answer.Of<>(new SourceCredentials("Basic dTpw", "PEM")));
  }

  @Test
  void refusesASecretThatHoldsNothingUsable() {
    assertThat(SourceCredentials.of(Map.of("key", "value"))).isInstanceOf(Answer.None.class);
    assertThat(SourceCredentials.of(Map.of("token", "a\nHost: b")))
        .isInstanceOf(Answer.None.class)
        .asString()
        .doesNotContain("Host");
  }

  @Test
  void tellsNothingAboutItself() {
    assertThat(new SourceCredentials("Bearer abc", null)).asString().doesNotContain("abc");
  }
}
