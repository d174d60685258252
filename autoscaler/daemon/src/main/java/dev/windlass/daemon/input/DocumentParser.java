package dev.windlass.daemon.input;

import dev.windlass.daemon.input.Document.Place;
import dev.windlass.daemon.resource.FieldProblem;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Takes the text of one file apart into documents. */
final class DocumentParser {
  private static final Set<String> KINDS_THAT_ONLY_LOOK_LIKE_LISTS =
      Set.of("MetricValueList", "ExternalMetricValueList");
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .loadSettings(LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String file;
  private final Consumer<Document> sink;
  private final List<Problem> problems;
  private int documents;

  DocumentParser(String file, Consumer<Document> sink, List<Problem> problems) {
    this.file = file;
    this.sink = sink;
    this.problems = problems;
  }

  /** Reads JSON objects that follow each other. */
  void parseJson(InputStream stream) {
    try (JsonParser parser = JSON.createParser(stream)) {
      while (parser.nextToken() != null) {
        documents++;
        readDocument(parser, 0);
      }
    } catch (JacksonException e) {
      problems.add(unreadable(e, 0));
    }
  }

  /** Reads YAML documents, each on its own, so that a bad one does not hide the next. */
  void parseYaml(String text) {
    int start = 0;
    int line = 1;
    while (start < text.length()) {
      int end = endOfDocument(text, start);
      String document = text.substring(start, end);
      if (hasContent(document)) {
        documents++;
        parseYamlDocument(document, line);
      }
      line += (int) document.chars().filter(each -> each == '\n').count();
      start = end;
    }
  }

  /** Where the next line that begins with three dashes is; text cannot begin so inside YAML. */
  private static int endOfDocument(String text, int start) {
    int next = text.indexOf("\n---", start);
    while (next >= 0) {
      int after = next + 4;
      if (after == text.length() || Character.isWhitespace(text.charAt(after))) {
        return next + 1;
      }
      next = text.indexOf("\n---", after);
    }
    return text.length();
  }

  private static boolean hasContent(String document) {
    return document
        .lines()
        .map(String::strip)
        .anyMatch(line ->
            !line.isEmpty() && !line.startsWith("#") && !line.equals("---") && !line.equals("..."));
  }

  private void parseYamlDocument(String document, int line) {
    try (JsonParser parser = YAML.createParser(document)) {
      if (parser.nextToken() != null) {
        readDocument(parser, firstLineOfContent(document, line));
      }
    } catch (JacksonException e) {
      problems.add(unreadable(e, line));
    }
  }

  private static int firstLineOfContent(String document, int line) {
    int skipped = 0;
    for (String each : document.lines().toList()) {
      String text = each.strip();
      if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith("---")) {
        break;
      }
      skipped++;
    }
    return line + skipped;
  }

  /**
   * Reads the object that the parser stands at; the items of a list are handed over as they come.
   */
  private void readDocument(JsonParser parser, int line) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      JsonNode value = parser.readValueAsTree();
      FieldProblem detail =
          new FieldProblem("the document", String.valueOf(value), "a map of fields");
      problems.add(new Problem(new Place(file, documents, line, 0), "", detail));
      return;
    }
    ObjectNode object = JSON.createObjectNode();
    int items = 0;
    List<ObjectNode> nameless = new ArrayList<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String property = parser.currentName();
      JsonToken value = parser.nextToken();
      if (property.equals("items") && value == JsonToken.START_ARRAY) {
        items = readItems(parser, line, nameless);
      } else {
        object.set(property, parser.<JsonNode>readValueAsTree());
      }
    }
    finish(object, nameless, items, line);
  }

  /** Hands over the items that say what they are; returns how many there are. */
  private int readItems(JsonParser parser, int line, List<ObjectNode> nameless) {
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      count++;
      Place place = new Place(file, documents, line, count);
      JsonNode item = parser.readValueAsTree();
      if (item instanceof ObjectNode object && object.has("kind")) {
        sink.accept(new Document(place, object));
      } else if (item instanceof ObjectNode object) {
        nameless.add(object);
      } else {
        FieldProblem detail = new FieldProblem("the item", String.valueOf(item), "a map of fields");
        problems.add(new Problem(place, "", detail));
      }
    }
    return count;
  }

  private void finish(ObjectNode object, List<ObjectNode> nameless, int items, int line) {
    @Nullable JsonNode kind = object.get("kind");
    String name = kind != null && kind.isString() ? kind.stringValue() : "";
    boolean list =
        items > nameless.size()
            || (name.endsWith("List") && !KINDS_THAT_ONLY_LOOK_LIKE_LISTS.contains(name));
    if (!list) {
      if (!nameless.isEmpty()) {
        object.putArray("items").addAll(nameless);
      }
      sink.accept(new Document(new Place(file, documents, line, 0), object));
      return;
    }
    String itemKind = name.substring(0, Math.max(0, name.length() - "List".length()));
    int number = items - nameless.size();
    for (ObjectNode item : nameless) {
      number++;
      item.put("kind", itemKind);
      if (object.has("apiVersion") && !item.has("apiVersion")) {
        item.set("apiVersion", object.get("apiVersion"));
      }
      sink.accept(new Document(new Place(file, documents, line, number), item));
    }
  }

  private Problem unreadable(JacksonException e, int line) {
    int at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
    int inFile = line == 0 ? at : line + Math.max(0, at - 1);
    String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    return new Problem(
        new Place(file, Math.max(1, documents), inFile, 0),
        "",
        new FieldProblem("the document", "", "readable YAML or JSON: " + reason));
  }
}
