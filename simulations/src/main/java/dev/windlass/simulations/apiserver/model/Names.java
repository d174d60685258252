package dev.windlass.simulations.apiserver.model;

import java.util.regex.Pattern;

/** Which texts may name objects, labels and keys (RFC 1123 and the API's label syntax). */
public final class Names {
  public static final String LABEL_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  public static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start"
          + " and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern PART = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
  private static final Pattern PATH_SEGMENT = Pattern.compile("[^/%]+");
  private static final int MAX_SUBDOMAIN = 253;
  private static final int MAX_PART = 63;

  private Names() {}

  public static boolean isSubdomain(String text) {
    return text.length() <= MAX_SUBDOMAIN && SUBDOMAIN.matcher(text).matches();
  }

  public static boolean isLabelValue(String text) {
    return text.isEmpty() || (text.length() <= MAX_PART && PART.matcher(text).matches());
  }

  /** A name with an optional prefix that is a subdomain. */
  public static boolean isQualified(String text) {
    int slash = text.indexOf('/');
    String part = text.substring(slash + 1);
    boolean prefix = slash < 0 || isSubdomain(text.substring(0, slash));
    return prefix && part.length() <= MAX_PART && PART.matcher(part).matches();
  }

  public static boolean isConfigKey(String text) {
    return text.length() <= MAX_SUBDOMAIN
        && KEY.matcher(text).matches()
        && !text.equals(".")
        && !text.startsWith("..");
  }

  /** Roles and their bindings may have any name that fits into a path. */
  public static boolean isPathSegment(String text) {
    return PATH_SEGMENT.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }
}
