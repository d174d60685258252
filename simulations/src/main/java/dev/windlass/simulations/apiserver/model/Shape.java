package dev.windlass.simulations.apiserver.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What values a field takes and how they merge. Structs may contain themselves. */
public sealed interface Shape {
  /** A plain value. */
  enum Scalar implements Shape {
    STRING("string"),
    INT32("int32"),
    INT64("int64"),
    BOOLEAN("bool"),
    NUMBER("float64"),
    QUANTITY("resource.Quantity"),
    TIME("v1.Time"),
    MICRO_TIME("v1.MicroTime"),
    INT_OR_STRING("intstr.IntOrString"),
    BASE64("[]uint8");

    private final String goName;

    Scalar(String goName) {
      this.goName = goName;
    }

    public String goName() {
      return goName;
    }
  }

  /** Anything, merged as one value by apply and member by member by a patch. */
  record Any() implements Shape {}

  /** A list: whole, a set of plain values, or objects with keys. */
  record ListOf(Shape item, Merge patch, Merge apply) implements Shape {}

  /** A map of like values. */
  record MapOf(Shape value, boolean atomic) implements Shape {}

  /** How the items of a list are told apart. */
  record Merge(Mode mode, List<String> keys) {
    /** Replaced whole, merged as a set, or merged by keys. */
    public enum Mode {
      ATOMIC,
      SET,
      KEYED
    }

    public static final Merge ATOMIC = new Merge(Mode.ATOMIC, List.of());
    public static final Merge SET = new Merge(Mode.SET, List.of());

    public Merge {
      keys = List.copyOf(keys);
    }

    public static Merge by(List<String> keys) {
      return new Merge(Mode.KEYED, keys);
    }

    /** Reads {@code -}, {@code =} or a list of keys with commas. */
    public static Merge parse(String text) {
      return switch (text) {
        case "-" -> ATOMIC;
        case "=" -> SET;
        default -> by(List.of(text.split(",")));
      };
    }
  }

  /** An object with known fields; filled once, when the catalogue or a definition is read. */
  final class Struct implements Shape {
    private final String name;
    private final boolean open;
    private boolean atomic;
    private final Map<String, Shape> fields = new LinkedHashMap<>();

    /** A struct; an open one also takes fields it does not know. */
    public Struct(String name, boolean open) {
      this.name = name;
      this.open = open;
    }

    public String name() {
      return name;
    }

    public boolean open() {
      return open;
    }

    public boolean atomic() {
      return atomic;
    }

    public Struct setAtomic() {
      atomic = true;
      return this;
    }

    public Struct add(String field, Shape shape) {
      fields.put(field, shape);
      return this;
    }

    public @Nullable Shape field(String field) {
      return fields.get(field);
    }

    public Map<String, Shape> fields() {
      return fields;
    }
  }
}
