package dev.windlass.daemon.input;

import tools.jackson.databind.JsonNode;

/**
 * One object of an input file.
 *
 * @param place where it stands
 * @param tree the whole object
 */
public record Document(Place place, JsonNode tree) {
  /**
   * Where a document stands.
   *
   * @param file the file as the user named it, {@code -} for standard input
   * @param document its number in the file, from 1; 0 for the file itself
   * @param line the line on which it begins, from 1; 0 when it is not known
   * @param item its number in a list, from 1; 0 when it stands alone
   */
  public record Place(String file, int document, int line, int item) {
    @Override
    public String toString() {
      return file
          + (line > 0 ? ":" + line : "")
          + (document > 0 ? " document " + document : "")
          + (item > 0 ? " item " + item : "");
    }
  }

  /** The {@code kind}, empty when there is none. */
  public String kind() {
    return text("kind");
  }

  /** The {@code apiVersion}, empty when there is none. */
  public String apiVersion() {
    return text("apiVersion");
  }

  /** The API group, empty for the core group. */
  public String group() {
    int slash = apiVersion().indexOf('/');
    return slash < 0 ? "" : apiVersion().substring(0, slash);
  }

  /** The name in its metadata, empty when there is none. */
  public String name() {
    return tree.path("metadata").path("name").asString("");
  }

  /** The namespace in its metadata, empty when there is none. */
  public String namespace() {
    return tree.path("metadata").path("namespace").asString("");
  }

  private String text(String property) {
    return tree.path(property).asString("");
  }
}
