package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.plan.PlanDocument;
import dev.windlass.daemon.plan.Unread;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The read-only API under {@code /api/v1/}: which document a path and a query ask for. */
public final class DashboardApi {
  private static final String PREFIX = "/api/v1/";
  private static final int MAX_PAGE = 100;

  private final DecisionHistory history;
  private final AtomicReference<@Nullable Rendered> newest = new AtomicReference<>();

  public DashboardApi(DecisionHistory history) {
    this.history = history;
  }

  /** The newest state, made once for all pages that ask. */
  private record Rendered(long decision, Answer state) {}

  /**
   * Answers a request.
   *
   * @param path the whole path, decoded
   * @param query the query as it was sent, or null
   */
  public Answer answer(String path, @Nullable String query) {
    if (!path.startsWith(PREFIX)) {
      return notFound();
    }
    Optional<HistoryView> view = history.view();
    if (view.isEmpty()) {
      return Answer.error(503, "There is no decision yet: /readyz says what it waits for.");
    }
    String[] parts = path.substring(PREFIX.length()).split("/", -1);
    return answer(view.get(), parts, Query.parse(query));
  }

  private Answer answer(HistoryView view, String[] parts, Query query) {
    return switch (parts[0]) {
      case "state" -> parts.length == 1 ? state(view, query) : notFound();
      case "plan" -> parts.length == 1 ? plan(view, query) : notFound();
      case "explain" -> explain(view, parts, query);
      case "decisions" -> parts.length <= 2 ? decisions(view, parts, query) : notFound();
      case "pending" ->
          parts.length == 3 && parts[2].equals("pods") ? pods(view, parts[1], query) : notFound();
      case "nodes" -> parts.length == 1 ? nodes(view, query) : notFound();
      default -> notFound();
    };
  }

  private static Answer notFound() {
    return Answer.error(404, "There is no such path.");
  }

  private Answer state(HistoryView view, Query query) {
    Optional<Long> at = query.number("at");
    if (query.has("at") && at.isEmpty()) {
      return Answer.error(400, "at needs a decision's number.");
    }
    if (at.isPresent() && at.get() != view.tick().number()) {
      return history
          .past(at.get())
          .map(body -> withServerTime(Answer.file(Answer.JSON, body)))
          .orElseGet(() ->
              Answer.error(
                  404,
                  "Decision "
                      + at.get()
                      + " changed nothing, or is older than this daemon remembers."));
    }
    return withServerTime(newest(view));
  }

  private Answer newest(HistoryView view) {
    Rendered known = newest.get();
    if (known == null || known.decision() != view.tick().number()) {
      known = new Rendered(view.tick().number(), DashboardState.of(view));
      newest.set(known);
    }
    return known.state();
  }

  /** The newest decision as {@code windlass plan -o json} writes it. */
  private static Answer plan(HistoryView view, Query query) {
    long at = query.number("at").orElse(view.tick().number());
    return at == view.tick().number()
        ? Answer.json(
            PlanDocument.of(view.tick().snapshot(), view.tick().decision(), Unread.NOTHING))
        : Answer.error(404, "Only the newest decision's plan is remembered whole.");
  }

  /** Adds the time, which isn't part of what the ETag names. */
  private Answer withServerTime(Answer answer) {
    byte[] time =
        ("{\"serverTime\":\"" + history.serverTime() + "\",").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream(answer.body().length + time.length);
    body.writeBytes(time);
    body.write(answer.body(), 1, answer.body().length - 1);
    return new Answer(answer.status(), answer.contentType(), body.toByteArray(), answer.etag());
  }

  private static Answer explain(HistoryView view, String[] parts, Query query) {
    if (query.number("at").orElse(view.tick().number()) != view.tick().number()) {
      return Answer.error(404, "Only the newest decision can be asked why.");
    }
    return find(new Explanations(view), parts)
        .map(fields -> Answer.json(fields.node()))
        .orElseGet(() -> Answer.error(404, "The last decision says nothing about that."));
  }

  /** A pod that a scaler is about to create has one part more: {@code NS/SCALER/+1}. */
  private static Optional<Fields> find(Explanations why, String[] parts) {
    String kind = parts.length > 1 ? parts[1] : "";
    String name = parts.length > 2 ? parts[2] : "";
    return switch (parts.length) {
      case 3 ->
          switch (kind) {
            case "node" -> why.node(name);
            case "group" -> why.group(name);
            case "kept" -> why.kept(name);
            case "decision" -> why.decision(name);
            default -> Optional.empty();
          };
      case 4 ->
          switch (kind) {
            case "pod" -> why.pod(new ObjectKey(name, parts[3]));
            case "scaler" -> why.scaler(new ObjectKey(name, parts[3]));
            default -> Optional.empty();
          };
      case 5 ->
          kind.equals("pod")
              ? why.pod(new ObjectKey(name, parts[3] + "/" + parts[4]))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Answer decisions(HistoryView view, String[] parts, Query query) {
    String kind = query.text("kind").orElse("");
    String words = query.text("q").orElse("").toLowerCase(Locale.ROOT);
    long before = query.number("before").orElse(Long.MAX_VALUE);
    List<LogEntry> found =
        view.log().stream()
            .filter(entry -> entry.id().decision() < before)
            .filter(entry -> kind.isEmpty() || entry.text().kind().key().equals(kind))
            .filter(entry -> words.isEmpty() || LogSection.words(entry).contains(words))
            .filter(
                entry -> parts.length == 1 || Long.toString(entry.id().decision()).equals(parts[1]))
            .toList();
    List<LogEntry> page = found.subList(0, Math.min(query.limit(MAX_PAGE), found.size()));
    return Answer.json(LogSection.of(page, found.size() - page.size()).node());
  }

  private static Answer pods(HistoryView view, String key, Query query) {
    return PendingGroups.of(view.tick()).stream()
        .filter(group -> group.kind().key().equals(key))
        .findFirst()
        .map(group -> {
          List<String> names = group.pods().stream().map(ObjectKey::toString).toList();
          return Answer.json(query.page("Pods", "pods", names, MAX_PAGE).node());
        })
        .orElseGet(() -> Answer.error(404, "There is no such group of pods any more."));
  }

  private static Answer nodes(HistoryView view, Query query) {
    String reason = query.text("kept").orElse("");
    String group = query.text("group").orElse("");
    List<String> names =
        view.tick().decision().plans().scaleDown().kept().stream()
            .filter(kept -> reason.isEmpty() || kept.reason().title().equals(reason))
            .filter(kept -> group.isEmpty() || kept.nodeGroup().value().equals(group))
            .map(kept -> kept.node().value())
            .toList();
    return Answer.json(query.page("Nodes", "nodes", names, MAX_PAGE).node());
  }
}
