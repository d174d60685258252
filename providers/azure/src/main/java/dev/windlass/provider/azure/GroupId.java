package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure.Cause;
import java.util.Arrays;
import java.util.Locale;

/** A group as a NodeGroup refers to it. */
sealed interface GroupId {
  /** The resource group that it is named in. */
  String resourceGroup();

  /** A scale set: {@code RESOURCE-GROUP/SET}. */
  record ScaleSet(String resourceGroup, String name) implements GroupId {}

  /** A node pool of AKS: {@code RESOURCE-GROUP/CLUSTER/POOL}. */
  record Pool(String resourceGroup, String cluster, String name) implements GroupId {}

  /** Reads one; throws {@link CallFailedException} for what is none. */
  static GroupId of(String cloudId) {
    String[] parts = cloudId.split("/", -1);
    boolean filled = Arrays.stream(parts).noneMatch(String::isBlank);
    if (filled && parts.length == 2) {
      return new ScaleSet(parts[0], parts[1]);
    }
    if (filled && parts.length == 3) {
      return new Pool(parts[0], parts[1], parts[2]);
    }
    throw new CallFailedException(
        Cause.CONFIG,
        "'" + cloudId + "' is neither RESOURCE-GROUP/SCALE-SET nor RESOURCE-GROUP/CLUSTER/POOL");
  }

  /** Azure's names do not differ by case. */
  default String key() {
    return switch (this) {
      case ScaleSet set -> lower(set.resourceGroup() + "/" + set.name());
      case Pool pool -> lower(pool.resourceGroup() + "/" + pool.cluster() + "/" + pool.name());
    };
  }

  /** The form in which names are compared. */
  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
