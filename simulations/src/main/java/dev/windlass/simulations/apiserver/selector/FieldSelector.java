package dev.windlass.simulations.apiserver.selector;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.FieldPath;
import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Conditions on the selectable fields of a type, all of which must hold. */
public record FieldSelector(List<Term> terms) {
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  public FieldSelector {
    terms = List.copyOf(terms);
  }

  /** One field and the text it must, or must not, have. */
  public record Term(String field, FieldPath path, String value, boolean equal) {}

  /** Reads {@code a=b,c!=d} for a type; an unknown field or a text that is no selector is a 400. */
  public static FieldSelector parse(String text, ResourceType type) {
    List<Term> terms = new ArrayList<>();
    for (String part : split(text)) {
      if (!part.isEmpty()) {
        terms.add(term(part, text, type));
      }
    }
    return new FieldSelector(terms);
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        part.append(text.charAt(++i));
      } else if (c == ',') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static Term term(String part, String whole, ResourceType type) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      throw ApiFailure.badRequest(
          "invalid selector: '" + whole + "'; can't understand '" + part + "'");
    }
    boolean not = equals > 0 && part.charAt(equals - 1) == '!';
    boolean twice = equals + 1 < part.length() && part.charAt(equals + 1) == '=';
    String field = part.substring(0, not ? equals - 1 : equals);
    return new Term(field, path(field, type), part.substring(equals + (twice ? 2 : 1)), !not);
  }

  private static FieldPath path(String field, ResourceType type) {
    if (field.equals("metadata.name")
        || (field.equals("metadata.namespace") && type.namespaced())) {
      return FieldPath.of(field, "");
    }
    FieldPath found = type.selectable().get(field);
    if (found != null) {
      return found;
    }
    boolean plain = type.selectable().isEmpty() && !type.custom();
    throw ApiFailure.badRequest(
        plain
            ? "\""
                + field
                + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            : "field label not supported: " + field);
  }

  public boolean isEmpty() {
    return terms.isEmpty();
  }

  public boolean matches(JsonNode object) {
    for (Term term : terms) {
      if (term.path().read(object).equals(term.value()) != term.equal()) {
        return false;
      }
    }
    return true;
  }

  /** The one name that is selected, if the selector asks for a name. */
  public Optional<String> name() {
    return terms.stream()
        .filter(t -> t.equal() && t.field().equals("metadata.name"))
        .map(Term::value)
        .findFirst();
  }
}
