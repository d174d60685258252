package dev.windlass.provider.spi.ledger;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.Notices.Kind;
import dev.windlass.provider.spi.Notices.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices of machines that will be taken away, each counted once however often it comes, as the end
 * that a machine has. A notice stays for an hour after it came or after its deadline; of more than
 * ten thousand the oldest is forgotten. Thread-safe.
 */
public final class NoticeBoard {
  private static final int MAX_NOTICES = 10_000;
  private static final Duration KEPT = Duration.ofHours(1);

  private final LinkedHashMap<String, Posted> byKey = new LinkedHashMap<>();

  private record Posted(Notice notice, Instant endsAt) {}

  /**
   * Takes notices in.
   *
   * @return those that were not there before
   */
  public synchronized List<Notice> post(List<Notice> notices, Instant now) {
    byKey.values().removeIf(posted -> posted.endsAt.plus(KEPT).isBefore(now));
    List<Notice> fresh = new ArrayList<>();
    for (Notice notice : notices) {
      Instant deadline = notice.deadline();
      Posted posted = new Posted(notice, deadline == null ? now : deadline);
      if (byKey.putIfAbsent(notice.key(), posted) == null) {
        fresh.add(notice);
      }
    }
    while (byKey.size() > MAX_NOTICES) {
      byKey.pollFirstEntry();
    }
    return fresh;
  }

  /** The same machines, each with the earliest end that its cloud or a notice gives it. */
  public synchronized List<Instance> mark(List<Instance> machines) {
    Map<String, Instant> ends = new LinkedHashMap<>();
    byKey.values().stream()
        .filter(posted -> posted.notice.kind() != Kind.REBALANCE)
        .forEach(
            posted -> ends.merge(machineOf(posted.notice), posted.endsAt, NoticeBoard::earlier));
    return machines.stream().map(machine -> endingAt(machine, end(machine.id(), ends))).toList();
  }

  /** A name may be used again, so the cloud's own id counts where it is known. */
  private static String machineOf(Notice notice) {
    return notice.instance().isEmpty() ? notice.providerId() : notice.instance();
  }

  private static @Nullable Instant end(InstanceId id, Map<String, Instant> ends) {
    Instant byIncarnation = ends.get(id.incarnation());
    return byIncarnation == null ? ends.get(id.value()) : byIncarnation;
  }

  private static Instance endingAt(Instance machine, @Nullable Instant end) {
    Instant known = machine.endsAt();
    return end == null
        ? machine
        : new Instance(
            machine.id(),
            machine.group(),
            machine.variant(),
            machine.state(),
            machine.createdAt(),
            machine.error(),
            known == null ? end : earlier(known, end));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
