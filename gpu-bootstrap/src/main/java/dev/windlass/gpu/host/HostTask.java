package dev.windlass.gpu.host;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work for a node's agent; a step has several. The agent does no id twice.
 *
 * @param id the step's operation, a dot, and a number
 * @param work what is to be done
 * @param arguments plain words for the task's script
 * @param content what it writes; null for a task that writes nothing of ours
 * @param finishesStep whether the step is done with it
 */
public record HostTask(
    String id,
    Work work,
    SortedMap<String, String> arguments,
    @Nullable Content content,
    boolean finishesStep) {
  public HostTask {
    arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
  }

  /** The tasks that the agent knows, by its own names. */
  public enum Work {
    DRIVER_APT("driver-apt", Duration.ofMinutes(20)),
    DRIVER_DNF("driver-dnf", Duration.ofMinutes(20)),
    DRIVER_TDNF("driver-tdnf", Duration.ofMinutes(10)),
    DRIVER_COS("driver-cos", Duration.ofMinutes(10)),
    DRIVER_FLATCAR("driver-flatcar", Duration.ofMinutes(20)),
    DRIVER_LOAD("driver-load", Duration.ofMinutes(3)),
    TOOLKIT("toolkit", Duration.ofMinutes(5)),
    INSPECT_RUNTIME("inspect-runtime", Duration.ofMinutes(1)),
    WRITE_RUNTIME("write-runtime", Duration.ofMinutes(2)),
    BOTTLEROCKET("bottlerocket", Duration.ofMinutes(2)),
    MIG("mig", Duration.ofMinutes(3)),
    RESET("reset", Duration.ofMinutes(3), 10),
    REBOOT("reboot", Duration.ofMinutes(10)),
    FACTS("facts", Duration.ofMinutes(2));

    private static final int USUAL_ATTEMPTS = 3;

    private final String title;
    private final Duration timeout;
    private final int attempts;

    Work(String title, Duration timeout) {
      this(title, timeout, USUAL_ATTEMPTS);
    }

    Work(String title, Duration timeout, int attempts) {
      this.title = title;
      this.timeout = timeout;
      this.attempts = attempts;
    }

    /** The agent's name for it. */
    public String title() {
      return title;
    }

    /** How long one try may take; the step's own deadline is the group's concern. */
    public Duration timeout() {
      return timeout;
    }

    /** How often the agent tries it before it gives up; what must wait for pods to end, oftener. */
    public int attempts() {
      return attempts;
    }
  }

  /** What a task writes. */
  public sealed interface Content {
    /**
     * A file of the container runtime.
     *
     * @param path where
     * @param text its whole text
     * @param basedOn the fingerprint of what it was merged from; the agent writes over nothing else
     */
    record RuntimeFile(String path, String text, String basedOn) implements Content {}

    /**
     * Settings of Bottlerocket.
     *
     * @param json those that must be so; others stay
     */
    record Settings(String json) implements Content {}
  }

  /** A task without arguments and content. */
  static HostTask of(String id, Work work, boolean finishesStep) {
    return new HostTask(id, work, new TreeMap<>(Map.of()), null, finishesStep);
  }
}
