package dev.windlass.core.model;

/**
 * Which incarnation of an object was seen.
 *
 * @param uid the API server's uid; empty in a dump that lacks it
 * @param resourceVersion the version that was read; empty in a dump that lacks it
 */
public record Identity(String uid, String resourceVersion) {
  /** For objects that have no identity yet: pods about to exist, nodes about to boot. */
  public static final Identity NONE = new Identity("", "");
}
