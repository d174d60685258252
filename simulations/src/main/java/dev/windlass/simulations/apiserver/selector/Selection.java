package dev.windlass.simulations.apiserver.selector;

import tools.jackson.databind.JsonNode;

/** Which objects of a list or watch are meant: a namespace (empty for all), labels and fields. */
public record Selection(String namespace, LabelSelector labels, FieldSelector fields) {
  public boolean matches(JsonNode object) {
    return labels.matches(object) && fields.matches(object);
  }

  /** Whether something other than the namespace narrows it. */
  public boolean isNarrowed() {
    return !labels.isEmpty() || !fields.isEmpty();
  }
}
