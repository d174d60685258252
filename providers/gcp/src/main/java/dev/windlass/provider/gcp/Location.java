package dev.windlass.provider.gcp;

import java.util.regex.Pattern;

/** Names of zones and regions: a zone's is its region's with one more part. */
final class Location {
  private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+\\d+");

  private Location() {}

  static boolean isRegion(String location) {
    return REGION.matcher(location).matches();
  }

  static String region(String location) {
    return isRegion(location) || location.lastIndexOf('-') < 0
        ? location
        : location.substring(0, location.lastIndexOf('-'));
  }

  /** The last part of a resource's address. */
  static String last(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }

  /** The part of an address behind another, such as the zone behind {@code zones}; or empty. */
  static String after(String link, String part) {
    String[] parts = link.split("/");
    for (int i = 0; i + 1 < parts.length; i++) {
      if (parts[i].equals(part)) {
        return parts[i + 1];
      }
    }
    return "";
  }
}
