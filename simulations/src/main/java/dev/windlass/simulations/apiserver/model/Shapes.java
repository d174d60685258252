package dev.windlass.simulations.apiserver.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The shapes of built-in kinds, read from {@code types.txt} and {@code lists.txt}. */
public final class Shapes {
  private static final Shapes BUILT_IN = new Shapes();
  private final Map<String, Shape.Struct> structs = new HashMap<>();
  private final Map<String, String[]> merges = new HashMap<>();

  private Shapes() {
    for (String line : Resources.lines("lists.txt")) {
      String[] words = line.split(" ");
      merges.put(words[0], words);
    }
    List<String> types = Resources.lines("types.txt");
    for (String line : types) {
      String name = line.substring(0, line.indexOf(' '));
      Shape.Struct struct = new Shape.Struct(name, false);
      structs.put(name, merges.containsKey(name) ? struct.setAtomic() : struct);
    }
    types.forEach(this::fill);
  }

  /** The struct of that name, such as {@code PodSpec}. */
  public static Shape.Struct of(String name) {
    return Objects.requireNonNull(BUILT_IN.structs.get(name), name);
  }

  private void fill(String line) {
    String[] words = line.split(" ");
    Shape.Struct struct = Objects.requireNonNull(structs.get(words[0]));
    for (int i = 1; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      String field = words[i].substring(0, colon);
      struct.add(field, shape(words[i].substring(colon + 1), words[0] + "." + field));
    }
  }

  private Shape shape(String code, String where) {
    return switch (code.charAt(0)) {
      case '[' -> {
        String[] merge = merges.getOrDefault(where, new String[] {where, "-", "-"});
        Shape item = shape(code.substring(1), "");
        yield new Shape.ListOf(item, Shape.Merge.parse(merge[1]), Shape.Merge.parse(merge[2]));
      }
      case '{' -> new Shape.MapOf(shape(code.substring(1), ""), merges.containsKey(where));
      case '*' -> new Shape.Any();
      default -> code.length() == 1 ? scalar(code.charAt(0)) : struct(code);
    };
  }

  private Shape struct(String name) {
    Shape.Struct found = structs.get(name);
    return found == null ? new Shape.Struct(name, false) : found;
  }

  private static Shape scalar(char code) {
    return switch (code) {
      case 'i' -> Shape.Scalar.INT32;
      case 'l' -> Shape.Scalar.INT64;
      case 'b' -> Shape.Scalar.BOOLEAN;
      case 'n' -> Shape.Scalar.NUMBER;
      case 'q' -> Shape.Scalar.QUANTITY;
      case 't' -> Shape.Scalar.TIME;
      case 'u' -> Shape.Scalar.MICRO_TIME;
      case 'x' -> Shape.Scalar.INT_OR_STRING;
      case 'y' -> Shape.Scalar.BASE64;
      default -> Shape.Scalar.STRING;
    };
  }
}
