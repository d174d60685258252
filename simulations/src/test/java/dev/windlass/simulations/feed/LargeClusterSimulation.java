package dev.windlass.simulations.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 15,000 nodes and 450,000 pods, listed over HTTP page by page, read and decided upon by a process
 * with a heap of 2.5 GiB; then a million events of the same pods.
 */
class LargeClusterSimulation {
  private static final int NODES = 15_000;
  private static final int PODS = 450_000;
  private static final int EVENTS = 1_000_000;
  private static final String POD_LIST = "/api/v1/pods";
  private static final long LIMIT_MINUTES = 9;

  @Test
  void isReadAndDecidedUponInALittleHeap(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    try (FeedServer server = FeedServer.start(LargeCluster.feeds(NODES, PODS))) {
      Process reader =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx2500m",
                  "-XX:+UseSerialGC",
                  "-XX:+ExitOnOutOfMemoryError",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  FirstDecision.class.getName(),
                  server.uri().toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        awaitDecision(reader, output);
        sendEvents(server);
        assertThat(reader.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
      } finally {
        reader.destroyForcibly();
      }
    }
    String said = Files.readString(output);
    System.out.println(said);
    assertThat(said).contains("seen " + NODES + " nodes " + PODS + " pods", "events after");
    assertThat(number(said, "heap (\\d+) MiB")).isLessThan(2_048);
    assertThat(number(said, "decided after \\d+ ms, cpu (\\d+) ms"))
        .as("a minute on two processors")
        .isLessThan(120_000);
  }

  private static void awaitDecision(Process reader, Path output)
      throws IOException, InterruptedException {
    while (!Files.readString(output).contains("heap ")) {
      assertThat(reader.waitFor(200, TimeUnit.MILLISECONDS)).as(() -> read(output)).isFalse();
    }
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private static void sendEvents(FeedServer server) {
    for (int event = 0; event < EVENTS; event++) {
      String pod = LargeCluster.pod(event % PODS, NODES);
      server.send(
          POD_LIST, "MODIFIED", pod.replace("\"tier\":\"backend\"", "\"tier\":\"" + event + "\""));
    }
    server.send(
        POD_LIST,
        "ADDED",
        LargeCluster.pod(0, NODES).replaceFirst("\"name\":\"[^\"]*\"", "\"name\":\"last\""));
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
