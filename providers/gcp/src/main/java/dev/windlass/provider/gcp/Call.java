package dev.windlass.provider.gcp;

/**
 * One request, as the call budget and a person know it.
 *
 * @param project whose budget it counts against
 * @param region where
 * @param method the API's method
 * @param permission what an identity needs for it; empty for none
 * @param resource what it is about
 */
record Call(String project, String region, String method, String permission, String resource) {
  private static final String MANAGERS = "compute.instanceGroupManagers.";

  /** A request about a managed group. */
  static Call of(ManagerId id, String method, String right) {
    String prefix = id.isRegional() ? "regionInstanceGroupManagers." : "instanceGroupManagers.";
    return new Call(id.project(), id.region(), prefix + method, MANAGERS + right, id.path());
  }

  /** A request about something else, whose permission is named as its method. */
  static Call of(String project, String location, String method, String resource) {
    return new Call(project, Location.region(location), method, "compute." + method, resource);
  }
}
