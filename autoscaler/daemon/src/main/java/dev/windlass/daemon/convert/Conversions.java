package dev.windlass.daemon.convert;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.input.Document;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.resource.Parsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the scalers of peers from files; every other object is counted and left. */
public final class Conversions {
  private static final String OWNED_BY = ScaledObjects.KIND + " ";

  private final List<Document> sources = new ArrayList<>();
  private final Map<ObjectKey, Document> made = new HashMap<>();
  private final SortedMap<String, Integer> ignored = new TreeMap<>();

  /**
   * What came of it.
   *
   * @param conversions in the order of the files
   * @param problems of what could not be converted
   * @param ignored how many documents of which other kinds there were
   */
  public record Result(
      List<Conversion> conversions, List<Problem> problems, SortedMap<String, Integer> ignored) {
    public Result {
      conversions = List.copyOf(conversions);
      problems = List.copyOf(problems);
    }
  }

  /** Takes a document. */
  public void accept(Document document) {
    switch (document.group() + "/" + document.kind()) {
      case "autoscaling/" + HorizontalPodAutoscalers.KIND -> acceptAutoscaler(document);
      case "keda.sh/" + ScaledObjects.KIND -> sources.add(document);
      default -> ignored.merge(document.kind(), 1, Integer::sum);
    }
  }

  /** What KEDA made is no scaler of its own. */
  private void acceptAutoscaler(Document document) {
    Optional<String> owner =
        HorizontalPodAutoscalers.controller(document.tree())
            .filter(name -> name.startsWith(OWNED_BY));
    if (owner.isEmpty()) {
      sources.add(document);
      return;
    }
    String name = owner.get().substring(OWNED_BY.length());
    made.put(new ObjectKey(ScalerDocument.key(document.tree()).namespace(), name), document);
  }

  /** Converts everything that was taken. */
  public Result result() {
    List<Conversion> conversions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Document each : sources) {
      switch (convert(each)) {
        case Parsed.Ok<Conversion> ok -> conversions.add(ok.value());
        case Parsed.Bad<Conversion> bad -> problems.addAll(Problem.of(each, bad));
      }
    }
    return new Result(conversions, problems, ignored);
  }

  private Parsed<Conversion> convert(Document document) {
    if (document.kind().equals(HorizontalPodAutoscalers.KIND)) {
      return HorizontalPodAutoscalers.convert(document.tree());
    }
    Document autoscaler = made.get(ScalerDocument.key(document.tree()));
    return ScaledObjects.convert(document.tree(), autoscaler == null ? null : autoscaler.tree());
  }
}
