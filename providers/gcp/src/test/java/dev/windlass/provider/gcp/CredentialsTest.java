package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import dev.windlass.core.model.CloudFailure.Cause;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private final Queue<String> troubles = new ArrayDeque<>(List.of("none were found", "still none"));

  private CredentialsProvider credentials() throws IOException {
    String trouble = troubles.poll();
    if (trouble != null) {
      throw new IOException(trouble);
    }
    return NoCredentialsProvider.create();
  }

  @Test
  void areNamedWhenTheyAreMissingAndLookedForAgain() {
    try (GcpClients clients = new GcpClients(GcpSettings.of(Map.of()), this::credentials)) {
      CallFailedException missing =
          catchThrowableOfType(CallFailedException.class, clients.zonal::get);
      assertThat(missing.failure().cause()).isEqualTo(Cause.AUTH);
      assertThat(missing.failure().message())
          .isEqualTo("no credentials for Google Cloud: none were found");
      assertThat(catchThrowableOfType(CallFailedException.class, clients::signer))
          .hasMessageContaining("still none");

      assertThat(clients.zonal.get()).isNotNull();
    }
  }
}
