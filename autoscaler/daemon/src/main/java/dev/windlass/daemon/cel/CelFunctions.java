package dev.windlass.daemon.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.windlass.daemon.decode.Quantities;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The functions over quantities and versions that Kubernetes adds to CEL.
 *
 * <p>Source: Kubernetes 1.36, {@code apiserver/pkg/cel/library}, quantity and semver.
 */
final class CelFunctions {
  static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
  static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");

  static final List<CelFunctionDecl> DECLARATIONS =
      List.of(
          function("quantity", global("string_to_quantity", QUANTITY, SimpleType.STRING)),
          function("isQuantity", global("is_quantity_string", SimpleType.BOOL, SimpleType.STRING)),
          function("sign", member("quantity_sign", SimpleType.INT, QUANTITY)),
          function("isInteger", member("quantity_is_integer", SimpleType.BOOL, QUANTITY)),
          function("asInteger", member("quantity_get_int", SimpleType.INT, QUANTITY)),
          function("asApproximateFloat", member("quantity_get_float", SimpleType.DOUBLE, QUANTITY)),
          function(
              "add",
              member("quantity_add", QUANTITY, QUANTITY, QUANTITY),
              member("quantity_add_int", QUANTITY, QUANTITY, SimpleType.INT)),
          function(
              "sub",
              member("quantity_sub", QUANTITY, QUANTITY, QUANTITY),
              member("quantity_sub_int", QUANTITY, QUANTITY, SimpleType.INT)),
          function(
              "isLessThan",
              member("quantity_is_less_than", SimpleType.BOOL, QUANTITY, QUANTITY),
              member("semver_is_less_than", SimpleType.BOOL, SEMVER, SEMVER)),
          function(
              "isGreaterThan",
              member("quantity_is_greater_than", SimpleType.BOOL, QUANTITY, QUANTITY),
              member("semver_is_greater_than", SimpleType.BOOL, SEMVER, SEMVER)),
          function(
              "compareTo",
              member("quantity_compare_to", SimpleType.INT, QUANTITY, QUANTITY),
              member("semver_compare_to", SimpleType.INT, SEMVER, SEMVER)),
          function(
              "semver",
              global("string_to_semver", SEMVER, SimpleType.STRING),
              global("string_bool_to_semver", SEMVER, SimpleType.STRING, SimpleType.BOOL)),
          function(
              "isSemver",
              global("is_semver_string", SimpleType.BOOL, SimpleType.STRING),
              global("is_semver_string_bool", SimpleType.BOOL, SimpleType.STRING, SimpleType.BOOL)),
          function("major", member("semver_major", SimpleType.INT, SEMVER)),
          function("minor", member("semver_minor", SimpleType.INT, SEMVER)),
          function("patch", member("semver_patch", SimpleType.INT, SEMVER)));

  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from("string_to_quantity", String.class, CelFunctions::quantity),
          CelFunctionBinding.from(
              "is_quantity_string", String.class, text -> Quantities.parse(text).isPresent()),
          CelFunctionBinding.from(
              "quantity_sign", CelQuantity.class, value -> (long) value.amount().signum()),
          CelFunctionBinding.from(
              "quantity_is_integer", CelQuantity.class, value -> value.amount().scale() <= 0),
          CelFunctionBinding.from(
              "quantity_get_int", CelQuantity.class, value -> value.amount().longValueExact()),
          CelFunctionBinding.from(
              "quantity_get_float", CelQuantity.class, value -> value.amount().doubleValue()),
          CelFunctionBinding.from(
              "quantity_add",
              CelQuantity.class,
              CelQuantity.class,
              (left, right) -> new CelQuantity(left.amount().add(right.amount()))),
          CelFunctionBinding.from(
              "quantity_add_int",
              CelQuantity.class,
              Long.class,
              (left, right) -> new CelQuantity(left.amount().add(BigDecimal.valueOf(right)))),
          CelFunctionBinding.from(
              "quantity_sub",
              CelQuantity.class,
              CelQuantity.class,
              (left, right) -> new CelQuantity(left.amount().subtract(right.amount()))),
          CelFunctionBinding.from(
              "quantity_sub_int",
              CelQuantity.class,
              Long.class,
              (left, right) -> new CelQuantity(left.amount().subtract(BigDecimal.valueOf(right)))),
          CelFunctionBinding.from(
              "quantity_is_less_than",
              CelQuantity.class,
              CelQuantity.class,
              (left, right) -> compare(left, right) < 0),
          CelFunctionBinding.from(
              "quantity_is_greater_than",
              CelQuantity.class,
              CelQuantity.class,
              (left, right) -> compare(left, right) > 0),
          CelFunctionBinding.from(
              "quantity_compare_to",
              CelQuantity.class,
              CelQuantity.class,
              (left, right) -> (long) compare(left, right)),
          CelFunctionBinding.from("string_to_semver", String.class, text -> semver(text, false)),
          CelFunctionBinding.from(
              "string_bool_to_semver", String.class, Boolean.class, CelFunctions::semver),
          CelFunctionBinding.from(
              "is_semver_string", String.class, text -> Semver.parse(text).isPresent()),
          CelFunctionBinding.from(
              "is_semver_string_bool",
              String.class,
              Boolean.class,
              (text, loose) ->
                  (loose ? Semver.parseLoosely(text) : Semver.parse(text)).isPresent()),
          CelFunctionBinding.from(
              "semver_is_less_than",
              Semver.class,
              Semver.class,
              (left, right) -> left.compareTo(right) < 0),
          CelFunctionBinding.from(
              "semver_is_greater_than",
              Semver.class,
              Semver.class,
              (left, right) -> left.compareTo(right) > 0),
          CelFunctionBinding.from(
              "semver_compare_to",
              Semver.class,
              Semver.class,
              (left, right) -> (long) Integer.signum(left.compareTo(right))),
          CelFunctionBinding.from("semver_major", Semver.class, version -> number(version, 0)),
          CelFunctionBinding.from("semver_minor", Semver.class, version -> number(version, 1)),
          CelFunctionBinding.from("semver_patch", Semver.class, version -> number(version, 2)),
          CelFunctionBinding.from(
              "in_map",
              Object.class,
              Map.class,
              (key, map) ->
                  map instanceof DomainMap domains ? domains.has(key) : map.containsKey(key)));

  private CelFunctions() {}

  private static CelFunctionDecl function(String name, CelOverloadDecl... overloads) {
    return CelFunctionDecl.newFunctionDeclaration(name, overloads);
  }

  private static CelOverloadDecl global(String id, CelType result, CelType... arguments) {
    return CelOverloadDecl.newGlobalOverload(id, result, List.of(arguments));
  }

  private static CelOverloadDecl member(String id, CelType result, CelType... arguments) {
    return CelOverloadDecl.newMemberOverload(id, result, List.of(arguments));
  }

  private static CelQuantity quantity(String text) {
    return new CelQuantity(
        Quantities.parse(text)
            .orElseThrow(() -> new IllegalArgumentException("no quantity: " + text)));
  }

  private static Semver semver(String text, boolean loose) {
    return (loose ? Semver.parseLoosely(text) : Semver.parse(text))
        .orElseThrow(() -> new IllegalArgumentException("no semantic version: " + text));
  }

  private static int compare(CelQuantity left, CelQuantity right) {
    return left.amount().compareTo(right.amount());
  }

  private static long number(Semver version, int index) {
    return version.numbers().get(index).longValueExact();
  }
}
