package dev.windlass.daemon.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The decision log as a document. */
final class LogSection {
  private LogSection() {}

  static Fields of(List<LogEntry> entries, int more) {
    return Fields.document("Decisions")
        .list("decisions", entries, LogSection::row)
        .put("more", more);
  }

  /** What a search looks at. */
  static String words(LogEntry entry) {
    String words =
        String.join(
            " ",
            entry.id().toString(),
            entry.text().kind().title(),
            entry.text().what(),
            entry.text().because(),
            entry.progress().message());
    return words.toLowerCase(Locale.ROOT);
  }

  private static Fields row(LogEntry entry) {
    LogEntry.Progress progress = entry.progress();
    Instant ended = progress.endedAt();
    Fields row =
        Fields.object()
            .put("id", entry.id().toString())
            .put("decision", entry.id().decision())
            .put("at", entry.at())
            .put("kind", entry.text().kind().key())
            .put("kindTitle", entry.text().kind().title())
            .put("what", entry.text().what())
            .put("because", entry.text().because())
            .put("cost", entry.cost().price())
            .put("lower", entry.cost().lower())
            .put("parts", progress.parts())
            .put("state", key(progress.state()))
            .put(
                "tags",
                Sentences.tags(
                    "decision",
                    entry.id().toString(),
                    "rule",
                    entry.text().kind().title(),
                    "state",
                    entry.progress().state().name()))
            .put("outcome", outcome(entry))
            .put("message", progress.message());
    return ended == null
        ? row
        : row.put("tookMillis", Duration.between(entry.at(), ended).toMillis());
  }

  /** What came of it, and how soon. */
  static String outcome(LogEntry entry) {
    Instant ended = entry.progress().endedAt();
    String word =
        switch (entry.progress().state()) {
          case IN_FLIGHT -> "In flight";
          case DONE -> "Done";
          case REFUSED -> "Refused";
          case FAILED -> "Failed";
          case NOT_SENT -> "Not sent";
        };
    return ended == null ? word : word + " in " + Amounts.took(Duration.between(entry.at(), ended));
  }

  private static String key(LogEntry.State state) {
    return switch (state) {
      case IN_FLIGHT -> "inFlight";
      case DONE -> "done";
      case REFUSED -> "refused";
      case FAILED -> "failed";
      case NOT_SENT -> "notSent";
    };
  }
}
