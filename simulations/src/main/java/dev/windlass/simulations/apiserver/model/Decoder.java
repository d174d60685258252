package dev.windlass.simulations.apiserver.model;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an object as its shape says: drops what the shape does not know (and names it), refuses
 * values of a wrong type, and brings quantities and times into the form that is kept.
 */
public final class Decoder {
  private static final Pattern MICRO =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|[+-]\\d\\d:\\d\\d)");
  private static final DateTimeFormatter MICRO_OUT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
  private static final DateTimeFormatter OUT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'");
  private static final Pattern QUANTITY_WORD = Pattern.compile("[+-]?[0-9.]+.*");
  private final List<String> unknown = new ArrayList<>();
  private final boolean typed;

  /** A decoder; an untyped one leaves values of wrong types alone, for a schema to refuse. */
  public Decoder(boolean typed) {
    this.typed = typed;
  }

  /** A value of a wrong type; its message is what a Go decoder would say. */
  public static final class WrongType extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongType(String message) {
      super(message, null, false, false);
    }

    public String text() {
      String message = getMessage();
      return message == null ? "" : message;
    }
  }

  /** Paths of the fields that were dropped. */
  public List<String> unknown() {
    return List.copyOf(unknown);
  }

  public ObjectNode struct(Shape.Struct shape, ObjectNode node, String path) {
    ObjectNode result = Json.object();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = entry.getKey();
      String here = path.isEmpty() ? name : path + "." + name;
      Shape field = shape.field(name);
      if (field == null) {
        if (shape.open()) {
          result.set(name, entry.getValue());
        } else {
          unknown.add(here);
        }
      } else if (isLeftOut(shape, name, entry.getValue())) {
        result.remove(name);
      } else if (!entry.getValue().isNull()) {
        result.set(name, value(field, entry.getValue(), here, shape.name() + "." + here));
      } else if (!typed) {
        result.set(name, entry.getValue());
      }
    }
    return result;
  }

  /**
   * Lists and maps of the metadata vanish when they are empty; an empty list of managers says
   * something.
   */
  private static boolean isLeftOut(Shape.Struct shape, String name, JsonNode value) {
    return shape.name().equals("ObjectMeta")
        && value.isContainer()
        && value.isEmpty()
        && !name.equals("managedFields");
  }

  private JsonNode value(Shape shape, JsonNode node, String path, String goField) {
    return switch (shape) {
      case Shape.Struct struct ->
          node instanceof ObjectNode object
              ? struct(struct, object, path)
              : wrong(node, goField, "v1." + struct.name());
      case Shape.ListOf list ->
          node instanceof ArrayNode array
              ? list(list, array, path, goField)
              : wrong(node, goField, "[]" + goName(list.item()));
      case Shape.MapOf map ->
          node instanceof ObjectNode object
              ? map(map, object, path, goField)
              : wrong(node, goField, "map[string]" + goName(map.value()));
      case Shape.Any _ -> node;
      case Shape.Scalar scalar -> typed ? scalar(scalar, node, goField) : node;
    };
  }

  private JsonNode list(Shape.ListOf list, ArrayNode array, String path, String goField) {
    ArrayNode result = Json.array();
    for (int i = 0; i < array.size(); i++) {
      result.add(value(list.item(), array.get(i), path + "[" + i + "]", goField));
    }
    return result;
  }

  private JsonNode map(Shape.MapOf map, ObjectNode object, String path, String goField) {
    ObjectNode result = Json.object();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!entry.getValue().isNull() || !typed || map.value() == Shape.Scalar.TIME) {
        String here = path + "." + entry.getKey();
        result.set(
            entry.getKey(),
            entry.getValue().isNull()
                ? entry.getValue()
                : value(map.value(), entry.getValue(), here, goField));
      }
    }
    return result;
  }

  private JsonNode wrong(JsonNode node, String goField, String goType) {
    if (!typed) {
      return node;
    }
    throw new WrongType(
        "json: cannot unmarshal "
            + kindOf(node)
            + " into Go struct field "
            + goField
            + " of type "
            + goType);
  }

  private static String goName(Shape shape) {
    return switch (shape) {
      case Shape.Struct struct -> "v1." + struct.name();
      case Shape.Scalar scalar -> scalar.goName();
      case Shape.ListOf list -> "[]" + goName(list.item());
      case Shape.MapOf map -> "map[string]" + goName(map.value());
      case Shape.Any _ -> "interface {}";
    };
  }

  private static String kindOf(JsonNode node) {
    if (node.isString()) {
      return "string";
    }
    if (node.isIntegralNumber()) {
      return "number";
    }
    if (node.isNumber()) {
      return "number " + node;
    }
    return node.isBoolean() ? "bool" : node.isArray() ? "array" : "object";
  }

  private JsonNode scalar(Shape.Scalar scalar, JsonNode node, String goField) {
    boolean fits =
        switch (scalar) {
          case STRING, BASE64, TIME, MICRO_TIME -> node.isString();
          case INT32 -> node.isIntegralNumber() && node.canConvertToInt();
          case INT64 -> node.isIntegralNumber() && node.canConvertToLong();
          case BOOLEAN -> node.isBoolean();
          case NUMBER -> node.isNumber();
          case QUANTITY -> node.isString() || node.isNumber();
          case INT_OR_STRING -> node.isString() || node.isIntegralNumber();
        };
    if (!fits) {
      return wrong(node, goField, scalar.goName());
    }
    return switch (scalar) {
      case QUANTITY -> quantity(node.asString());
      case TIME -> time(node.stringValue());
      case MICRO_TIME -> microTime(node.stringValue());
      case BASE64 -> base64(node);
      case STRING, INT32, INT64, BOOLEAN, NUMBER, INT_OR_STRING -> node;
    };
  }

  private static JsonNode quantity(String text) {
    Optional<Quantity> found =
        QUANTITY_WORD.matcher(text).matches() ? Quantity.parse(text) : Optional.empty();
    return Json.text(
        found
            .orElseThrow(() ->
                new WrongType(
                    "quantities must match the regular expression"
                        + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"))
            .canonical());
  }

  private static JsonNode time(String text) {
    OffsetDateTime parsed = parseTime(text);
    if (parsed == null) {
      throw new WrongType(
          "parsing time \""
              + text
              + "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \""
              + text
              + "\"");
    }
    return Json.text(parsed.withOffsetSameInstant(ZoneOffset.UTC).format(OUT));
  }

  private static JsonNode microTime(String text) {
    OffsetDateTime parsed = MICRO.matcher(text).matches() ? parseTime(text) : null;
    if (parsed == null) {
      throw new WrongType(
          "parsing time \""
              + text
              + "\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \""
              + text
              + "\"");
    }
    return Json.text(parsed.withOffsetSameInstant(ZoneOffset.UTC).format(MICRO_OUT));
  }

  private static @Nullable OffsetDateTime parseTime(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static JsonNode base64(JsonNode node) {
    try {
      Base64.getDecoder().decode(node.stringValue());
      return node;
    } catch (IllegalArgumentException _) {
      throw new WrongType("illegal base64 data at input byte 0");
    }
  }
}
