package dev.windlass.simulations.apiserver.model;

/** One reason why an object is refused: the API's reason word, its text, and the field. */
public record Cause(String reason, String message, String field) {
  public static Cause required(String field, String detail) {
    return new Cause(
        "FieldValueRequired",
        detail.isEmpty() ? "Required value" : "Required value: " + detail,
        field);
  }

  /** A value that will not do; {@code value} is shown as it is, so quote texts. */
  public static Cause invalid(String field, String value, String detail) {
    return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + detail, field);
  }

  public static Cause quoted(String field, String value, String detail) {
    return invalid(field, "\"" + value + "\"", detail);
  }

  public static Cause unsupported(String field, String value, String... supported) {
    return new Cause(
        "FieldValueNotSupported",
        "Unsupported value: \""
            + value
            + "\": supported values: \""
            + String.join("\", \"", supported)
            + "\"",
        field);
  }

  public static Cause duplicate(String field, String value) {
    return new Cause("FieldValueDuplicate", "Duplicate value: " + value, field);
  }

  public static Cause forbidden(String field, String detail) {
    return new Cause("FieldValueForbidden", "Forbidden: " + detail, field);
  }

  public static Cause notFound(String field, String value) {
    return new Cause("FieldValueNotFound", "Not found: \"" + value + "\"", field);
  }

  public static Cause wrongType(String field, String value, String detail) {
    return new Cause("FieldValueTypeInvalid", "Invalid value: " + value + ": " + detail, field);
  }

  public static Cause tooLong(String field, String detail) {
    return new Cause("FieldValueTooLong", "Too long: " + detail, field);
  }
}
