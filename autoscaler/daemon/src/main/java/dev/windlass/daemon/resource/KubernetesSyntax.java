package dev.windlass.daemon.resource;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Requirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names, labels, selectors and times by the rules of Kubernetes. */
final class KubernetesSyntax {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern LABEL_KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  private KubernetesSyntax() {}

  /** The name of an object, noted as a problem when it is none. */
  static String name(@Nullable ObjectMeta metadata, Findings findings) {
    String name = metadata == null ? null : metadata.getName();
    if (name == null || name.isEmpty()) {
      findings.missing("metadata.name", "a name");
      return "";
    }
    checkName(name, "metadata.name", findings);
    return name;
  }

  static void checkName(String name, String field, Findings findings) {
    findings.require(
        NAME.matcher(name).matches(), field, name, "a name of lower-case letters, digits, - and .");
  }

  static Identity identity(ObjectMeta metadata) {
    String uid = metadata.getUid();
    String version = metadata.getResourceVersion();
    return new Identity(uid == null ? "" : uid, version == null ? "" : version);
  }

  static void checkLabels(Map<String, String> labels, String field, Findings findings) {
    labels.forEach((key, value) -> checkLabel(key, value, field + "[" + key + "]", findings));
  }

  static void checkLabel(String key, String value, String field, Findings findings) {
    findings.require(LABEL_KEY.matcher(key).matches(), field, key, "the name of a label");
    findings.require(
        LABEL_VALUE.matcher(value).matches(),
        field,
        value,
        "at most 63 letters, digits, -, _ and . with a letter or digit at both ends");
  }

  /** A selector; null stays null. */
  static @Nullable LabelSelector selector(
      io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector,
      String field,
      Findings findings) {
    if (selector == null) {
      return null;
    }
    List<Requirement> expressions = new ArrayList<>();
    for (LabelSelectorRequirement each : selector.getMatchExpressions()) {
      requirement(each, field + ".matchExpressions", findings).ifPresent(expressions::add);
    }
    Map<String, String> labels = selector.getMatchLabels();
    return new LabelSelector(labels == null ? Map.of() : labels, expressions);
  }

  private static Optional<Requirement> requirement(
      LabelSelectorRequirement each, String field, Findings findings) {
    Requirement.@Nullable Operator operator =
        switch (String.valueOf(each.getOperator())) {
          case "In" -> Requirement.Operator.IN;
          case "NotIn" -> Requirement.Operator.NOT_IN;
          case "Exists" -> Requirement.Operator.EXISTS;
          case "DoesNotExist" -> Requirement.Operator.DOES_NOT_EXIST;
          default -> null;
        };
    if (operator == null || each.getKey() == null) {
      findings.add(
          field, each.getOperator(), "a key and one of In, NotIn, Exists and DoesNotExist");
      return Optional.empty();
    }
    return Optional.of(
        new Requirement(each.getKey(), operator, new LinkedHashSet<>(each.getValues())));
  }

  /** A time of RFC 3339, empty when it is absent or none. */
  static Optional<Instant> time(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
