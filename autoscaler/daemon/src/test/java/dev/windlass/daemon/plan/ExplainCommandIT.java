package dev.windlass.daemon.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.daemon.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code explain} asks a daemon over HTTP. */
class ExplainCommandIT {
  private static final String KNOWN = "/api/v1/explain/pod/shop/web-1";

  private final HttpServer daemon = newServer();
  private String answer = "";

  @BeforeEach
  void start() {
    daemon.createContext(
        "/",
        exchange -> {
          boolean known = exchange.getRequestURI().getPath().equals(KNOWN);
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 404, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    daemon.start();
  }

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    daemon.stop(0);
  }

  private Commands.Run explain(String pod) {
    String address = "http://127.0.0.1:" + daemon.getAddress().getPort();
    return Commands.run("explain", "pod", pod, "--address", address);
  }

  @Test
  void showsWhatTheDaemonAnswers() {
    answer =
        """
        {"kind": "Explanation", "subject": "pod shop/web-1", "title": "It waits.",
         "columns": ["Node group", "Rule"], "rows": [["web", "MaxSize"]],
         "facts": [{"name": "Nearest fit", "value": "web"}]}
        """;

    Commands.Run run = explain("shop/web-1");

    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .isEqualTo(
            """
            pod shop/web-1: It waits.
              Node group  Rule
              web         MaxSize
              Nearest fit: web
            """);
  }

  @Test
  void saysWhenTheDaemonKnowsNothing() {
    Commands.Run run = explain("shop/other");

    assertThat(run.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.err()).contains("says nothing about it");
  }

  @Test
  void saysWhenTheAnswerIsNoExplanation() {
    answer = "<html>";

    assertThat(explain("shop/web-1").err()).contains("is no explanation");
  }

  @Test
  void saysWhenNoDaemonAnswers() {
    int port = daemon.getAddress().getPort();
    daemon.stop(0);

    Commands.Run run =
        Commands.run("explain", "node", "n", "--address", "http://127.0.0.1:" + port);

    assertThat(run.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.err()).contains("No daemon answers");
  }
}
