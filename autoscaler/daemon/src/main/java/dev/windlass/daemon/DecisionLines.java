package dev.windlass.daemon;

import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One structured line for each action that changed something, was refused or failed. The same
 * answer to the same action is said once, until it changes.
 */
final class DecisionLines {
  private static final Logger LOG = LoggerFactory.getLogger("dev.windlass.decision");
  private static final int MAX_REMEMBERED = 4_096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  void outcome(ActionOutcome outcome) {
    switch (outcome) {
      case ActionOutcome.Applied applied -> write(Level.INFO, "applied", applied);
      case ActionOutcome.Refused refused -> write(Level.INFO, "refused", refused);
      case ActionOutcome.Failed failed -> write(Level.WARN, "failed", failed);
    }
  }

  void failed(RuntimeException failure) {
    if (isNews("tick", failure.toString())) {
      LOG.atError().addKeyValue("event", "tick failed").setCause(failure).log("tick failed");
    }
  }

  void ticked(Tick tick) {
    isNews("tick", "");
    if (!tick.overflow().isEmpty()) {
      LOG.atWarn()
          .addKeyValue("tick", tick.number())
          .addKeyValue("actions", tick.overflow().size())
          .log("too many actions under way; the rest is decided anew");
    }
  }

  private void write(Level level, String result, ActionOutcome outcome) {
    String id = outcome.action().id().value();
    if (isNews(id, result + ": " + outcome.message())) {
      LOG.atLevel(level)
          .addKeyValue("action", outcome.action().getClass().getSimpleName())
          .addKeyValue("operation", id)
          .addKeyValue("result", result)
          .addKeyValue("message", outcome.message())
          .log(outcome.action().sentence());
    }
  }

  private boolean isNews(String key, String text) {
    lock.lock();
    try {
      return !text.equals(said.put(key, text));
    } finally {
      lock.unlock();
    }
  }
}
