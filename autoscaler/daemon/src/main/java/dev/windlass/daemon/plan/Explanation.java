package dev.windlass.daemon.plan;

import dev.windlass.core.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why one decision left an object as it did, in sentences; the command line, events and the
 * dashboard show the same ones.
 *
 * @param subject the object, for instance {@code pod shop/web-1}
 * @param code the reason's fixed word, for instance {@code MaxSize} or {@code UnneededTimer}
 * @param title one sentence: what is the case
 * @param evidence what was compared
 * @param facts the rest, one by one
 */
public record Explanation(
    String subject, String code, String title, Evidence evidence, List<Fact> facts) {
  public Explanation {
    facts = facts.stream().distinct().toList();
  }

  /** What was compared, as a table; without columns there is none. */
  public record Evidence(List<String> columns, List<List<String>> rows) {
    public static final Evidence NONE = new Evidence(List.of(), List.of());

    public Evidence {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** A fact with its name. */
  public record Fact(String name, String value) {
    /** The name of a fact that says what a person can do. */
    static final String REMEDY = "What to do";

    static Fact remedy(String remedy) {
      return new Fact(REMEDY, remedy);
    }
  }

  /** Collects facts; one without a value is none. */
  static final class Facts {
    private final List<Fact> facts = new ArrayList<>();

    Facts add(String name, @Nullable Object value) {
      if (value != null && !value.toString().isEmpty()) {
        facts.add(new Fact(name, value.toString()));
      }
      return this;
    }

    List<Fact> list() {
      return facts;
    }
  }

  /** What is explained: a kind and a name. */
  public sealed interface Subject {
    /** A pod. */
    record OfPod(ObjectKey pod) implements Subject {}

    /** A node. */
    record OfNode(String node) implements Subject {}

    /** A ReplicaScaler. */
    record OfScaler(ObjectKey scaler) implements Subject {}

    /**
     * Reads {@code pod NS/NAME}, {@code node NAME} or {@code scaler NS/NAME}; a name without a
     * namespace is one of {@code default}. Empty for any other kind.
     */
    static Optional<Subject> parse(String kind, String name) {
      int slash = name.indexOf('/');
      ObjectKey key =
          slash < 0
              ? new ObjectKey("default", name)
              : new ObjectKey(name.substring(0, slash), name.substring(slash + 1));
      return switch (kind) {
        case "pod" -> Optional.of(new OfPod(key));
        case "node" -> Optional.of(new OfNode(name));
        case "scaler" -> Optional.of(new OfScaler(key));
        default -> Optional.empty();
      };
    }
  }

  /** As a document {@code kind: Explanation}, as the daemon's API has it. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("apiVersion", PlanDocument.API_VERSION);
    node.put("kind", "Explanation");
    node.put("subject", subject);
    node.put("code", code);
    node.put("title", title);
    ArrayNode columns = node.putArray("columns");
    evidence.columns().forEach(columns::add);
    ArrayNode rows = node.putArray("rows");
    for (List<String> row : evidence.rows()) {
      ArrayNode cells = rows.addArray();
      row.forEach(cells::add);
    }
    ArrayNode list = node.putArray("facts");
    facts.forEach(fact -> list.addObject().put("name", fact.name()).put("value", fact.value()));
    return node;
  }
}
