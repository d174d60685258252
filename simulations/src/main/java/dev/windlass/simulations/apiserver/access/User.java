package dev.windlass.simulations.apiserver.access;

import java.util.List;

/** Who a request is from. */
public record User(String name, String uid, List<String> groups) {
  public static final String AUTHENTICATED = "system:authenticated";
  public static final User ANONYMOUS =
      new User("system:anonymous", "", List.of("system:unauthenticated"));

  public User {
    groups = List.copyOf(groups);
  }

  /** The user of a service account. */
  public static User account(String namespace, String name, String uid) {
    return new User(
        "system:serviceaccount:" + namespace + ":" + name,
        uid,
        List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, AUTHENTICATED));
  }

  public boolean isMaster() {
    return groups.contains("system:masters");
  }
}
