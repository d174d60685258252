package dev.windlass.daemon.resource;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The CustomResourceDefinitions that come with Windlass: those of {@code deploy/crds}. */
public final class CustomResourceDefinitions {
  /** The group of all kinds. */
  public static final String GROUP = "windlass.dev";

  /** {@code apiVersion} of all kinds. */
  public static final String API_VERSION = GROUP + "/v1alpha1";

  private static final List<String> PLURALS =
      List.of("nodegroups", "replicascalers", "gpustacks", "gpunodes");

  private CustomResourceDefinitions() {}

  /** All of them. */
  public static List<CustomResourceDefinition> all() {
    return Bundled.ALL;
  }

  /** The definition of a kind, for instance {@code NodeGroup}. */
  public static Optional<CustomResourceDefinition> ofKind(String kind) {
    return all().stream()
        .filter(definition -> definition.getSpec().getNames().getKind().equals(kind))
        .findFirst();
  }

  private static CustomResourceDefinition read(String plural) {
    String file = "crds/" + plural + "." + GROUP + ".yaml";
    try (InputStream stream = CustomResourceDefinitions.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      return Serialization.unmarshal(stream, CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Holds the definitions, so that they are read only by those who use them. */
  private static final class Bundled {
    static final List<CustomResourceDefinition> ALL =
        PLURALS.stream().map(CustomResourceDefinitions::read).toList();
  }
}
