package dev.windlass.simulations.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A daemon that is killed before each single one of its writes and started anew. */
class RestartSimulation {
  private static final int AT_ONCE = 3;

  @Test
  void neitherBuysNorDeletesTwiceWheneverItIsKilled()
      throws IOException, InterruptedException, ExecutionException {
    int writes;
    try (RestartedRun undisturbed = new RestartedRun(Integer.MAX_VALUE)) {
      writes = undisturbed.play();
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int lifetime = 0; lifetime < writes; lifetime++) {
        int moment = lifetime;
        runs.add(threads.submit(() -> killedAfter(moment)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  private static void killedAfter(int writes) {
    try (RestartedRun run = new RestartedRun(writes)) {
      run.play();
    } catch (IOException | AssertionError failure) {
      throw new IllegalStateException("killed after " + writes + " writes", failure);
    }
  }
}
