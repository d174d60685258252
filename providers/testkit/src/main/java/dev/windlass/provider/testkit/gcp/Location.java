package dev.windlass.provider.testkit.gcp;

import java.util.regex.Pattern;

/**
 * A zone or a region.
 *
 * @param name its name, such as {@code us-central1-a} or {@code us-central1}
 */
record Location(String name) {
  private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+\\d+");

  boolean isRegion() {
    return REGION.matcher(name).matches();
  }

  String region() {
    return isRegion() ? name : name.substring(0, name.lastIndexOf('-'));
  }

  /** As it stands in an address. */
  String path() {
    return (isRegion() ? "regions/" : "zones/") + name;
  }
}
