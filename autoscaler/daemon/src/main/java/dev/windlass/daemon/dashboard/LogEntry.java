package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.Price;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the decision log: an action that was decided, and what came of it.
 *
 * @param id the decision and the action's place in it
 * @param at when it was decided
 * @param text what is done and why
 * @param cost what it changes each hour, with its sign
 * @param progress what has come of it
 */
record LogEntry(Id id, Instant at, Text text, Cost cost, Progress progress) {
  /**
   * Names a line.
   *
   * @param decision the tick's number
   * @param ordinal counts the decision's lines, from 1
   * @param operation lines of one operation are one line while it is under way
   */
  record Id(long decision, int ordinal, String operation) {
    @Override
    public String toString() {
      return decision + "." + ordinal;
    }
  }

  /** What is done, and why. */
  record Text(Kind kind, String what, String because) {}

  /** A change of cost; {@code lower} when it saves. */
  record Cost(Price price, boolean lower) {
    static final Cost NONE = new Cost(Price.UNKNOWN, false);
  }

  /**
   * What has come of it.
   *
   * @param state how far it is
   * @param message what the cloud or the API server said; empty when it went well
   * @param endedAt when it ended, or null
   * @param parts how many actions the line stands for
   */
  record Progress(State state, String message, @Nullable Instant endedAt, int parts) {
    static final Progress BEGUN = new Progress(State.IN_FLIGHT, "", null, 1);
  }

  /** Kinds that the page can filter for. */
  enum Kind {
    SCALE_UP("up", "Scale up"),
    SCALE_DOWN("down", "Scale down"),
    REPLICAS("rep", "Replicas"),
    GPU("gpu", "GPU");

    private final String key;
    private final String title;

    Kind(String key, String title) {
      this.key = key;
      this.title = title;
    }

    String key() {
      return key;
    }

    String title() {
      return title;
    }
  }

  /** How far an action is. */
  enum State {
    IN_FLIGHT,
    DONE,
    REFUSED,
    FAILED,
    /** The queue was full, or the daemon doesn't act. */
    NOT_SENT
  }

  LogEntry with(Progress next) {
    return new LogEntry(id, at, text, cost, next);
  }
}
