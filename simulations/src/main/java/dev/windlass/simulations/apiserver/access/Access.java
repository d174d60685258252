package dev.windlass.simulations.apiserver.access;

/** What somebody wants to do: a verb on a resource, or on a path that is none. */
public record Access(
    String verb,
    String group,
    String resource,
    String subresource,
    String namespace,
    String name,
    String path) {

  public static Access path(String verb, String path) {
    return new Access(verb, "", "", "", "", "", path);
  }

  public boolean isResource() {
    return path.isEmpty();
  }

  /** The resource as roles name it, with its subresource. */
  public String combined() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }

  /** The refusal as the API server words it. */
  public String refusal(User user) {
    if (!isResource()) {
      return "User \"" + user.name() + "\" cannot " + verb + " path \"" + path + "\"";
    }
    String where =
        namespace.isEmpty() ? " at the cluster scope" : " in the namespace \"" + namespace + "\"";
    return "User \"%s\" cannot %s resource \"%s\" in API group \"%s\"%s"
        .formatted(user.name(), verb, combined(), group, where);
  }
}
