package dev.windlass.provider.spi;

import java.util.List;
import java.util.Map;

/** Capability: groups are found by their tags. */
public interface Discovery {
  /**
   * Finds groups.
   *
   * @param region where; empty for the provider's default
   * @param tags all of these are on the group; an empty value stands for any
   */
  CloudOutcome<List<Found>> discover(String region, Map<String, String> tags);

  /**
   * A group that was found.
   *
   * @param cloudId the cloud's own name of it, as a NodeGroup refers to it
   * @param region where it is
   * @param min its smallest size
   * @param max its largest size
   * @param tags its tags or labels
   */
  record Found(String cloudId, String region, int min, int max, Map<String, String> tags) {
    public Found {
      tags = Map.copyOf(tags);
    }
  }
}
