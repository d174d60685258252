package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests without an answer: whether they can have had an effect. */
class ArmErrorsTest {
  static List<RuntimeException> neverSent() {
    return List.of(
        new UncheckedIOException(new ConnectException("refused")),
        new IllegalStateException(new IOException(new UnknownHostException("nowhere"))),
        new CallFailedException(Cause.THROTTLED, "the call budget is used up"));
  }

  @ParameterizedTest
  @MethodSource("neverSent")
  void whatWasNeverSentHadNoEffect(RuntimeException error) {
    assertThat(ArmErrors.verdict(error)).isInstanceOf(ArmErrors.Verdict.Unsent.class);
  }

  static List<RuntimeException> sent() {
    return List.of(
        new UncheckedIOException(new HttpTimeoutException("request timed out")),
        new UncheckedIOException(new IOException("connection reset")),
        new ForeignAnswerException(200),
        new IllegalStateException("a body that cannot be read"));
  }

  @ParameterizedTest
  @MethodSource("sent")
  void whatWasSentMayHaveHadOne(RuntimeException error) {
    assertThat(ArmErrors.verdict(error)).isInstanceOf(ArmErrors.Verdict.Open.class);
    assertThat(ArmErrors.ofRead(error).cause()).isEqualTo(Cause.TRANSIENT);
  }

  static List<RuntimeException> identity() {
    return List.of(
        new CredentialUnavailableException("no workload identity is set up"),
        new ClientAuthenticationException("AADSTS700016: application not found", null));
  }

  @ParameterizedTest
  @MethodSource("identity")
  void missingCredentialsAreNamed(RuntimeException error) {
    CloudFailure failure = ArmErrors.ofRead(error);

    assertThat(failure.cause()).isEqualTo(Cause.AUTH);
    assertThat(failure.message()).startsWith("no token for Azure: ").contains(error.getMessage());
  }
}
