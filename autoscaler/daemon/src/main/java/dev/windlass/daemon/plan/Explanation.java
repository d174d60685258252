package dev.windlass.daemon.plan;

import dev.windlass.core.model.ObjectKey;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why one decision left an object as it did, in sentences; the command line, events and the
 * dashboard show the same ones.
 *
 * @param subject the object, for instance {@code pod shop/web-1}
 * @param code the reason's fixed word, for instance {@code MaxSize} or {@code UnneededTimer}
 * @param sentence what is the case
 * @param evidence what was compared, one sentence each
 * @param remedies what to do about it, or what will end it; none where nothing is wrong
 */
public record Explanation(
    String subject, String code, String sentence, List<String> evidence, List<String> remedies) {
  public Explanation {
    evidence = List.copyOf(evidence);
    remedies = remedies.stream().distinct().toList();
  }

  /** What is explained: a kind and a name. */
  public sealed interface Subject {
    record OfPod(ObjectKey pod) implements Subject {}

    record OfNode(String node) implements Subject {}

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

  /** As text, a line for each sentence. */
  public String text() {
    StringBuilder text = new StringBuilder(subject + ": " + sentence + "\n");
    evidence.forEach(line -> text.append("  ").append(line).append('\n'));
    remedies.forEach(line -> text.append("  → ").append(line).append('\n'));
    return text.toString();
  }

  /** As a document {@code kind: Explanation}. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("apiVersion", PlanDocument.API_VERSION);
    node.put("kind", "Explanation");
    node.put("subject", subject);
    node.put("code", code);
    node.put("sentence", sentence);
    ArrayNode lines = node.putArray("evidence");
    evidence.forEach(lines::add);
    ArrayNode remedy = node.putArray("remedies");
    remedies.forEach(remedy::add);
    return node;
  }
}
