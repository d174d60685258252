package dev.windlass.gpu.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image that the build leaves: one static program, nothing else, and the digest to pin. */
class AgentImageTest {
  private static final Path FOLDER = Path.of("target", "agent");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Machine numbers of ELF programs. */
  @ParameterizedTest
  @CsvSource({"amd64, 62", "arm64, 183"})
  void holdsOneStaticProgramOfItsArchitectureAndNothingElse(String architecture, int machine)
      throws IOException {
    Map<String, Tar.Entry> archive = archive(architecture);
    JsonNode manifest = blob(archive, index(archive).path("digest").asText());
    JsonNode config = blob(archive, manifest.path("config").path("digest").asText());
    String layer = manifest.path("layers").path(0).path("digest").asText();
    Map<String, Tar.Entry> files = Tar.read(entry(archive, layer).data());

    assertThat(manifest.path("layers")).hasSize(1);
    assertThat(files).containsOnlyKeys("windlass-gpu-agent");
    Tar.Entry program = files.values().iterator().next();
    assertThat(program.mode()).isEqualTo(0755);
    assertThat(program.owner()).isZero();
    assertThat(program.data()).startsWith(0x7f, 'E', 'L', 'F');
    assertThat(program.data()[18] & 0xff).as("machine").isEqualTo(machine);
    assertThat(isDynamic(program.data())).as("needs a loader").isFalse();
    assertThat(config.path("architecture").asText()).isEqualTo(architecture);
    assertThat(config.path("config").path("Entrypoint").path(0).asText())
        .isEqualTo("/windlass-gpu-agent");
    assertThat(config.path("rootfs").path("diff_ids").path(0).asText()).isEqualTo(layer);
  }

  @ParameterizedTest
  @CsvSource({"amd64", "arm64"})
  void isNamedByTheDigestThatStandsBesideIt(String architecture)
      throws IOException, GeneralSecurityException {
    Map<String, Tar.Entry> archive = archive(architecture);
    String digest = index(archive).path("digest").asText();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(entry(archive, digest).data());

    assertThat(digest).isEqualTo("sha256:" + HexFormat.of().formatHex(hash));
    assertThat(Files.readString(FOLDER.resolve(name(architecture) + ".digest")).strip())
        .isEqualTo(digest);
  }

  /** Whether a 64-bit little-endian ELF program has a header of type PT_INTERP. */
  private static boolean isDynamic(byte[] program) {
    int headers = (program[32] & 0xff) | (program[33] & 0xff) << 8;
    int size = program[54] & 0xff;
    int count = program[56] & 0xff;
    for (int i = 0; i < count; i++) {
      if (program[headers + i * size] == 3) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Tar.Entry> archive(String architecture) throws IOException {
    Path file = FOLDER.resolve(name(architecture) + ".tar");
    assumeTrue(Files.exists(file), "Skipped: the agent's image needs Go");
    return Tar.read(Files.readAllBytes(file));
  }

  private static String name(String architecture) {
    return "windlass-gpu-agent-" + architecture;
  }

  private static JsonNode index(Map<String, Tar.Entry> archive) throws IOException {
    Tar.Entry index = archive.get("index.json");
    return JSON.readTree(index == null ? "" : index.content()).path("manifests").path(0);
  }

  private static JsonNode blob(Map<String, Tar.Entry> archive, String digest) throws IOException {
    return JSON.readTree(entry(archive, digest).content());
  }

  private static Tar.Entry entry(Map<String, Tar.Entry> archive, String digest) {
    Tar.Entry entry = archive.get("blobs/sha256/" + digest.substring("sha256:".length()));
    assertThat(entry).as(digest).isNotNull();
    return entry == null ? new Tar.Entry(0, 0, "") : entry;
  }
}
