package dev.windlass.simulations.apiserver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Runs the API server alone: arguments are the port and the administrator's token. */
public final class ApiServerMain {
  private ApiServerMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("arguments: PORT TOKEN");
    }
    EmbeddedApiServer server =
        EmbeddedApiServer.builder()
            .port(Integer.parseInt(arguments[0]))
            .user(arguments[1], "admin", "system:masters")
            .user("usertoken", "jane")
            .controllers(false)
            .compactEvery(Duration.ofMillis(500))
            .build()
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    new CountDownLatch(1).await();
  }
}
