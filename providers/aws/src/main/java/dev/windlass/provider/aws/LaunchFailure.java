package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.LaunchInstancesError;

/**
 * Why a machine was not launched, with what is closed by it: the cloud's scopes are put as the
 * types and zones of the group's offerings that they stand for.
 */
final class LaunchFailure {
  private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9.]{7,}");
  private static final Pattern TYPE = Pattern.compile("\\b[a-z][a-z0-9-]*\\.[a-z0-9-]*[a-z0-9]\\b");
  private static final Pattern ZONE =
      Pattern.compile("\\b[a-z]{2,}(?:-[a-z]+)+-\\d[a-z0-9-]*[a-z]\\b");

  /** The codes of sentences that carry none, by words of theirs in lower case. */
  private static final Map<String, String> SENTENCES =
      Map.ofEntries(
          Map.entry("do not have sufficient", "InsufficientInstanceCapacity"),
          Map.entry("no spot capacity available", "InsufficientInstanceCapacity"),
          Map.entry("not supported in your requested availability zone", "Unsupported"),
          Map.entry("insufficient free addresses", "InsufficientFreeAddressesInSubnet"),
          Map.entry("not enough free addresses", "InsufficientFreeAddressesInSubnet"),
          Map.entry("current vcpu limit", "VcpuLimitExceeded"),
          Map.entry("max spot instance count exceeded", "MaxSpotInstanceCountExceeded"),
          Map.entry("your quota allows", "InstanceLimitExceeded"),
          Map.entry("request limit exceeded", "RequestLimitExceeded"),
          Map.entry("not authorized", "UnauthorizedOperation"),
          Map.entry("internal error", "InternalError"),
          Map.entry("does not exist", "InvalidParameterValue"));

  /** EC2 places at most seven machines of such a placement group in a zone. */
  private static final String SPREAD = "spread placement";

  private LaunchFailure() {}

  /** From an error of a launch that was answered at once. */
  static CloudFailure of(LaunchInstancesError error, List<Offering> offerings) {
    Place place =
        new Place(
            text(error.instanceType()),
            text(error.availabilityZone()),
            "spot".equals(error.marketType()) ? Purchase.SPOT : Purchase.ON_DEMAND);
    return failure(text(error.errorCode()), text(error.errorMessage()), place, offerings);
  }

  /** From a scaling activity that failed. */
  static CloudFailure of(Activity activity, List<Offering> offerings) {
    String message =
        activity.statusMessage() == null ? "a scaling activity failed" : activity.statusMessage();
    boolean isSpot = message.toLowerCase(Locale.ROOT).contains("spot");
    Place place =
        new Place(
            first(TYPE, message),
            first(ZONE, text(activity.details()) + " " + message),
            isSpot ? Purchase.SPOT : null);
    return failure(codeIn(message), message, place, offerings);
  }

  /** What was asked for, as far as it is known. */
  private record Place(String type, String zone, @Nullable Purchase purchase) {}

  private static CloudFailure failure(
      String code, String message, Place place, List<Offering> offerings) {
    if (message.toLowerCase(Locale.ROOT).contains(SPREAD)) {
      return new CloudFailure(
          Cause.CAPACITY, message, scope(ErrorCodes.Reach.ZONE, place, offerings), code, null);
    }
    Optional<ErrorCodes.Rule> rule = ErrorCodes.rule(code);
    if (rule.isEmpty()) {
      return new CloudFailure(Cause.UNKNOWN, message, FailureScope.ALL, code, null);
    }
    FailureScope scope = scope(rule.get().reach(), place, offerings);
    Duration hold = rule.get().hold(message);
    return new CloudFailure(rule.get().cause(), message, scope, code, hold);
  }

  private static FailureScope scope(ErrorCodes.Reach reach, Place place, List<Offering> offerings) {
    Set<String> types = place.type.isEmpty() ? Set.of() : Set.of(place.type);
    Set<String> zones = place.zone.isEmpty() ? Set.of() : Set.of(place.zone);
    return switch (reach) {
      case ALL -> FailureScope.ALL;
      case ZONE -> new FailureScope(Set.of(), zones, null);
      case TYPE_IN_ZONE -> new FailureScope(types, zones, null);
      case VARIANT -> new FailureScope(types, zones, place.purchase);
      case FAMILY -> new FailureScope(family(place.type, offerings), Set.of(), place.purchase);
      case SPOT_FAMILY -> new FailureScope(family(place.type, offerings), Set.of(), Purchase.SPOT);
      case SPOT -> new FailureScope(Set.of(), Set.of(), Purchase.SPOT);
    };
  }

  /** The group's types that count against the same limit as this one; all of them if unknown. */
  private static Set<String> family(String type, List<Offering> offerings) {
    if (type.isEmpty()) {
      return Set.of();
    }
    Set<String> others =
        offerings.stream()
            .map(Offering::variant)
            .map(Variant::instanceType)
            .filter(other -> TypeFamily.of(other).equals(TypeFamily.of(type)))
            .collect(Collectors.toSet());
    others.add(type);
    return others;
  }

  /** The code in a sentence: a word of it, or the one that its words stand for. */
  private static String codeIn(String sentence) {
    Matcher words = WORD.matcher(sentence);
    while (words.find()) {
      if (ErrorCodes.rule(words.group()).isPresent()) {
        return words.group();
      }
    }
    String lower = sentence.toLowerCase(Locale.ROOT);
    return SENTENCES.entrySet().stream()
        .filter(entry -> lower.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .min(String::compareTo)
        .orElse("");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
