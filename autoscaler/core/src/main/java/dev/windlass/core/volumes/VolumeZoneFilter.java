package dev.windlass.core.volumes;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.volumes.VolumeRefusal.Rule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A volume with zone or region labels of its own is used on nodes with the same; a node without any
 * such label takes every volume.
 *
 * <p>Source: Kubernetes 1.36, plugin {@code volumezone}.
 */
final class VolumeZoneFilter implements VolumeFilter {
  private static final String OLD_ZONE = "failure-domain.beta.kubernetes.io/zone";
  private static final String OLD_REGION = "failure-domain.beta.kubernetes.io/region";
  private static final List<String> LABELS = List.of(OLD_ZONE, OLD_REGION, Keys.ZONE, Keys.REGION);

  /** Between the zones of a volume that is in several. */
  private static final String DELIMITER = "__";

  /**
   * The values that a volume's labels allow, by label; a label with an empty value says nothing.
   */
  static Map<String, Set<String>> zones(PersistentVolume volume) {
    Map<String, Set<String>> zones = new LinkedHashMap<>();
    for (String label : LABELS) {
      String value = volume.labels().get(label);
      if (value != null) {
        Set<String> allowed = new HashSet<>();
        for (String each : value.split(DELIMITER, -1)) {
          allowed.add(each.strip());
        }
        if (!allowed.contains("")) {
          zones.put(label, Set.copyOf(allowed));
        }
      }
    }
    return zones;
  }

  @Override
  public Optional<VolumeRefusal> refuse(VolumeNeeds needs, VolumePlace place) {
    Map<String, String> labels = place.node().labels();
    for (BoundVolume volume : needs.bound()) {
      for (Map.Entry<String, Set<String>> zone : volume.where().zones().entrySet()) {
        if (!allowed(zone.getKey(), zone.getValue(), labels)) {
          return Optional.of(
              new VolumeRefusal(Rule.VOLUME_ZONE, message(volume, zone.getKey(), zone, labels)));
        }
      }
    }
    return Optional.empty();
  }

  private static String message(
      BoundVolume volume,
      String label,
      Map.Entry<String, Set<String>> zone,
      Map<String, String> labels) {
    String actual = value(label, labels);
    return "volume "
        + volume.claim()
        + " is in "
        + label
        + " "
        + new TreeSet<>(zone.getValue())
        + ", the node is in "
        + (actual == null ? "none" : actual);
  }

  @Override
  public int room(VolumeNeeds needs, VolumePlace place, int wanted) {
    return needs.bound().isEmpty() || refuse(needs, place).isEmpty() ? wanted : 0;
  }

  private static boolean allowed(String label, Set<String> allowed, Map<String, String> labels) {
    if (LABELS.stream().noneMatch(labels::containsKey)) {
      return true;
    }
    String value = value(label, labels);
    return value != null && allowed.contains(value);
  }

  /** The node's value; by its present name where the label is an old one that the node lacks. */
  private static @Nullable String value(String label, Map<String, String> labels) {
    String value = labels.get(label);
    if (value != null) {
      return value;
    }
    return switch (label) {
      case OLD_ZONE -> labels.get(Keys.ZONE);
      case OLD_REGION -> labels.get(Keys.REGION);
      default -> null;
    };
  }
}
