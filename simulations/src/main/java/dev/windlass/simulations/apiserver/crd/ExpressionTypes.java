package dev.windlass.simulations.apiserver.crd;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Schemas as types of the Common Expression Language, and their values. */
final class ExpressionTypes {
  private static final CelOptions OPTIONS = CelOptions.current().build();

  private final Map<String, StructType> structs = new HashMap<>();

  private ExpressionTypes() {}

  /** Where {@code self} and {@code oldSelf} are of a schema's type. */
  static Cel environment(Schema schema) {
    ExpressionTypes types = new ExpressionTypes();
    CelType self = types.type(schema);
    return CelFactory.legacyCelBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .setTypeProvider(new Structs(ImmutableMap.copyOf(types.structs)))
        .addVar("self", self)
        .addVar("oldSelf", self)
        .addCompilerLibraries(
            CelExtensions.bindings(),
            CelExtensions.strings(),
            CelExtensions.sets(OPTIONS),
            CelExtensions.lists())
        .addRuntimeLibraries(
            CelExtensions.strings(), CelExtensions.sets(OPTIONS), CelExtensions.lists())
        .build();
  }

  private CelType type(Schema schema) {
    if (schema.intOrString) {
      return SimpleType.DYN;
    }
    return switch (schema.type) {
      case "object" -> object(schema);
      case "array" -> ListType.create(schema.items == null ? SimpleType.DYN : type(schema.items));
      case "string" -> SimpleType.STRING;
      case "integer" -> SimpleType.INT;
      case "number" -> SimpleType.DOUBLE;
      case "boolean" -> SimpleType.BOOL;
      default -> SimpleType.DYN;
    };
  }

  private CelType object(Schema schema) {
    if (schema.values != null) {
      return MapType.create(SimpleType.STRING, type(schema.values));
    }
    if (schema.preserve || schema.embedded) {
      return SimpleType.DYN;
    }
    ImmutableMap.Builder<String, CelType> members = ImmutableMap.builder();
    schema.properties.forEach((name, member) -> members.put(name, type(member)));
    ImmutableMap<String, CelType> fields = members.buildOrThrow();
    StructType struct =
        StructType.create(
            "object" + structs.size(),
            fields.keySet(),
            name -> Optional.ofNullable(fields.get(name)));
    structs.put(struct.name(), struct);
    return struct;
  }

  /** The objects in a schema, each a type of its own. */
  private record Structs(ImmutableMap<String, StructType> byName) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.copyOf(byName.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(byName.get(name));
    }
  }

  /** A value of a schema as expressions see it; what is null is not there. */
  static Object value(Schema schema, JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        value
            .properties()
            .forEach(entry -> {
              Schema member = schema.member(entry.getKey());
              if (!entry.getValue().isNull()) {
                members.put(
                    entry.getKey(), value(member == null ? schema : member, entry.getValue()));
              }
            });
        yield members;
      }
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        value.forEach(item -> items.add(value(schema.items == null ? schema : schema.items, item)));
        yield items;
      }
      case NUMBER -> number(schema, value);
      case BOOLEAN -> value.booleanValue();
      case STRING -> value.stringValue();
      case BINARY, MISSING, NULL, POJO -> value.asString();
    };
  }

  private static Object number(Schema schema, JsonNode value) {
    boolean whole = value.isIntegralNumber() && !schema.type.equals("number");
    if (whole) {
      return value.longValue();
    }
    return value.doubleValue();
  }
}
