package dev.windlass.provider.gcp;

import dev.windlass.core.model.InstanceId;
import java.util.Optional;

/**
 * A machine's place: the name is used again for the machine that replaces it.
 *
 * @param project whose
 * @param zone where
 * @param name its name
 */
record MachineId(String project, String zone, String name) {
  /** In place of the numeric id of a machine that has not been made yet. */
  static final String NOT_MADE = "not-made";

  private static final String SCHEME = "gce://";

  /** The place in a provider id, {@code gce://PROJECT/ZONE/NAME}; empty for any other id. */
  static Optional<MachineId> of(InstanceId id) {
    String[] parts =
        id.value().startsWith(SCHEME)
            ? id.value().substring(SCHEME.length()).split("/", -1)
            : new String[0];
    return parts.length == 3 && !parts[0].isBlank() && !parts[1].isBlank() && !parts[2].isBlank()
        ? Optional.of(new MachineId(parts[0], parts[1], parts[2]))
        : Optional.empty();
  }

  /** The machine with this numeric id in this place; zero while there is none. */
  InstanceId incarnation(long id) {
    return new InstanceId(
        SCHEME + project + "/" + zone + "/" + name, id == 0 ? NOT_MADE : Long.toUnsignedString(id));
  }

  /** As the API wants it in requests. */
  String link() {
    return "projects/" + project + "/zones/" + zone + "/instances/" + name;
  }
}
