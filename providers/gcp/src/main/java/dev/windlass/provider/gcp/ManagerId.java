package dev.windlass.provider.gcp;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.GroupReference;

/**
 * A managed instance group.
 *
 * @param project whose
 * @param location its zone or region
 * @param name its name
 */
record ManagerId(String project, String location, String name) {
  /** The group that a NodeGroup refers to as {@code PROJECT/LOCATION/NAME}. */
  static ManagerId of(GroupReference group, GcpSettings settings) {
    String[] parts = group.cloudId().split("/", -1);
    if (parts.length != 3 || parts[1].isBlank() || parts[2].isBlank()) {
      throw CallFailedException.refused(
          Cause.CONFIG,
          "a managed instance group is PROJECT/LOCATION/NAME, not '" + group.cloudId() + "'");
    }
    String project = parts[0].isBlank() ? settings.project() : parts[0];
    if (project.isBlank()) {
      throw CallFailedException.refused(
          Cause.CONFIG, "no project: name one in the NodeGroup or in the settings of gcp");
    }
    return new ManagerId(project, parts[1], parts[2]);
  }

  /** The group at an address of the API. */
  static ManagerId ofLink(String link) {
    String zone = Location.after(link, "zones");
    return new ManagerId(
        Location.after(link, "projects"),
        zone.isEmpty() ? Location.after(link, "regions") : zone,
        Location.last(link));
  }

  boolean isRegional() {
    return Location.isRegion(location);
  }

  String region() {
    return Location.region(location);
  }

  /** As the API's addresses and messages have it. */
  String path() {
    return "projects/"
        + project
        + (isRegional() ? "/regions/" : "/zones/")
        + location
        + "/instanceGroupManagers/"
        + name;
  }
}
