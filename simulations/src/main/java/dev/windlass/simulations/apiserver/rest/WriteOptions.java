package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a write is to be done, and the warnings that it earns on the way. */
public record WriteOptions(
    boolean dryRun,
    FieldValidation validation,
    String manager,
    boolean force,
    List<String> warnings) {

  /** What happens to fields that nobody knows. */
  public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  private static final String GROUP = "meta.k8s.io";
  private static final int MAX_MANAGER = 128;

  /** Options for a write by the server itself. */
  public static WriteOptions internal(String manager) {
    return new WriteOptions(false, FieldValidation.IGNORE, manager, false, new ArrayList<>());
  }

  /** Reads the parameters of a request; {@code kind} names them in a refusal. */
  public static WriteOptions read(Map<String, String> query, String kind, String userAgent) {
    List<Cause> causes = new ArrayList<>();
    String dryRun = query.getOrDefault("dryRun", "");
    if (!dryRun.isEmpty() && !dryRun.equals("All")) {
      causes.add(
          new Cause(
              "FieldValueNotSupported",
              "Unsupported value: [\"" + dryRun + "\"]: supported values: \"All\"",
              "dryRun"));
    }
    String validation = query.getOrDefault("fieldValidation", "");
    FieldValidation mode =
        switch (validation) {
          case "Strict" -> FieldValidation.STRICT;
          case "Ignore" -> FieldValidation.IGNORE;
          default -> FieldValidation.WARN;
        };
    if (!List.of("", "Ignore", "Strict", "Warn").contains(validation)) {
      causes.add(Cause.unsupported("fieldValidation", validation, "", "Ignore", "Strict", "Warn"));
    }
    String manager = query.getOrDefault("fieldManager", "");
    manager(manager, causes);
    refuse(kind, causes);
    String force = query.getOrDefault("force", "false");
    String agent = userAgent.isEmpty() ? "unknown" : userAgent.split("/")[0];
    return new WriteOptions(
        dryRun.equals("All"),
        mode,
        manager.isEmpty() ? agent : manager,
        !force.equals("false") && !force.equals("0") && !force.isEmpty(),
        new ArrayList<>());
  }

  static void refuse(String kind, List<Cause> causes) {
    if (!causes.isEmpty()) {
      throw ApiFailure.invalid(kind, GROUP, "", causes);
    }
  }

  private static void manager(String manager, List<Cause> causes) {
    if (manager.length() > MAX_MANAGER) {
      causes.add(Cause.tooLong("fieldManager", "may not be more than 128 bytes"));
    }
    for (int i = 0; i < manager.length(); i++) {
      if (Character.isISOControl(manager.charAt(i))) {
        causes.add(
            Cause.quoted(
                "fieldManager",
                manager,
                "invalid character U+%04X (at position %d)".formatted((int) manager.charAt(i), i)));
      }
    }
  }

  public WriteOptions dry() {
    return new WriteOptions(true, validation, manager, force, warnings);
  }

  void warnOfUnknown(List<String> fields) {
    fields.forEach(field -> warnings.add("unknown field \"" + field + "\""));
  }
}
