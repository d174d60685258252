package dev.windlass.daemon.cloud;

import dev.windlass.core.model.Instance;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Notices;
import dev.windlass.provider.spi.Notices.Notice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which machines their clouds will take away, and when. A notice of a short deadline is settled
 * when its time is over, so that a process that starts in between gets it again; one of a far
 * deadline, and advice without one, are settled at once, so that they do not fill the queue.
 */
public final class NoticeBoard {
  private static final Duration SHORT = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MAX_KEPT = 10_000;

  /** What spot machines are given when the cloud names no time. */
  private static final Duration USUAL_NOTICE = Duration.ofMinutes(2);

  private final ProviderRegistry providers;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Map<String, Pinned> pinned = new ConcurrentHashMap<>();

  /** A notice, and when its machine goes; null for advice. */
  private record Pinned(Notice notice, @Nullable Instant endsAt, Instant forgetAt) {}

  /** An empty board. */
  public NoticeBoard(ProviderRegistry providers, InstantSource clock, Consumer<String> log) {
    this.providers = providers;
    this.clock = clock;
    this.log = log;
  }

  /** Reads each cloud's notices once; waits as long as the clouds do. */
  public void read(String kind) {
    Optional<CloudOutcome<List<Notice>>> answer =
        providers
            .provider(kind)
            .flatMap(cloud -> cloud.ask(Notices.class, "notices", Notices::notices));
    if (answer.isEmpty()) {
      return;
    }
    switch (answer.get()) {
      case CloudOutcome.Done<List<Notice>> done -> pin(kind, done.value());
      case CloudOutcome.Failed<List<Notice>> failed ->
          log.accept("cannot read the notices of " + kind + ": " + failed.failure().message());
      case CloudOutcome.Conflict<List<Notice>> other -> log.accept(other.message());
      case CloudOutcome.Unknown<List<Notice>> other -> log.accept(other.message());
    }
  }

  private void pin(String kind, List<Notice> notices) {
    Instant now = clock.instant();
    List<Notice> settled = new ArrayList<>();
    for (Notice each : notices) {
      Instant endsAt = endsAt(each, now);
      Pinned fresh = new Pinned(each, endsAt, (endsAt == null ? now : endsAt).plus(KEPT));
      Pinned known = pinned.size() < MAX_KEPT ? pinned.putIfAbsent(each.key(), fresh) : null;
      if (known == null && endsAt != null) {
        log.accept("notice: " + each.instance() + " " + each.kind() + " at " + endsAt);
      }
      boolean isFar = endsAt == null || endsAt.isAfter(now.plus(SHORT));
      boolean isOver = endsAt != null && !now.isBefore(endsAt);
      if (isFar || isOver) {
        settled.add(each);
      }
    }
    pinned.values().removeIf(each -> !now.isBefore(each.forgetAt()));
    if (!settled.isEmpty()) {
      providers
          .provider(kind)
          .ifPresent(cloud -> cloud.ask(Notices.class, "notices", able -> able.settle(settled)));
    }
  }

  /** A notice that is repeated keeps the time that was computed first. */
  private @Nullable Instant endsAt(Notice notice, Instant now) {
    Pinned known = pinned.get(notice.key());
    if (known != null) {
      return known.endsAt();
    }
    if (notice.deadline() != null) {
      return notice.deadline();
    }
    return switch (notice.kind()) {
      case INTERRUPTION -> now.plus(USUAL_NOTICE);
      case STATE_CHANGE -> now;
      case REBALANCE, MAINTENANCE, RESERVATION_END -> null;
    };
  }

  /** The machines with the times at which they go. */
  List<Instance> mark(List<Instance> instances) {
    if (pinned.isEmpty()) {
      return instances;
    }
    return instances.stream().map(this::mark).toList();
  }

  private Instance mark(Instance instance) {
    Instant first = instance.endsAt();
    for (Pinned each : pinned.values()) {
      Instant ends = each.endsAt();
      if (ends != null
          && each.notice().concerns(instance.id())
          && (first == null || ends.isBefore(first))) {
        first = ends;
      }
    }
    return new Instance(
        instance.id(),
        instance.group(),
        instance.variant(),
        instance.state(),
        instance.createdAt(),
        instance.error(),
        first);
  }
}
