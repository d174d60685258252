package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classes of the error codes of EC2 and Auto Scaling, and of the sentences in which scaling
 * activities wrap them.
 */
final class ErrorCodes {
  private static final Map<Cause, Set<String>> CODES =
      Map.of(
          Cause.CAPACITY,
          Set.of(
              "InsufficientInstanceCapacity",
              "InsufficientHostCapacity",
              "InsufficientCapacity",
              "UnfulfillableCapacity",
              "SpotMaxPriceTooLow",
              "ReservationCapacityExceeded",
              "InsufficientFreeAddressesInSubnet",
              "Unsupported"),
          Cause.QUOTA,
          Set.of(
              "VcpuLimitExceeded",
              "MaxSpotInstanceCountExceeded",
              "InstanceLimitExceeded",
              "MaxFleetCountExceeded",
              "LimitExceeded",
              "PendingVerification"),
          Cause.THROTTLED,
          Set.of(
              "RequestLimitExceeded",
              "Throttling",
              "ThrottlingException",
              "ThrottledException",
              "RequestThrottled",
              "RequestThrottledException",
              "EC2ThrottledException",
              "TooManyRequestsException",
              "SlowDown",
              "BandwidthLimitExceeded",
              "PriorRequestNotComplete"),
          Cause.TRANSIENT,
          Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired"));

  /** Words of the sentences that carry no code; lower case. */
  private static final Map<String, Cause> SENTENCES =
      Map.of(
          "do not have sufficient", Cause.CAPACITY,
          "no spot capacity available", Cause.CAPACITY,
          "not supported in your requested availability zone", Cause.CAPACITY,
          "insufficient free addresses", Cause.CAPACITY,
          "current vcpu limit", Cause.QUOTA,
          "max spot instance count exceeded", Cause.QUOTA,
          "your quota allows", Cause.QUOTA,
          "request limit exceeded", Cause.THROTTLED,
          "internal error", Cause.TRANSIENT);

  private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9]{7,}");

  private ErrorCodes() {}

  /** The class of a code; empty if it is not known. */
  static Optional<Cause> cause(String code) {
    return CODES.entrySet().stream()
        .filter(entry -> entry.getValue().contains(code))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The class of what a failed scaling activity says. What is not known is refused: launches fail
   * for want of machines, for a limit, or for a template that only a person can change.
   */
  static Cause causeOfSentence(String sentence) {
    Matcher words = WORD.matcher(sentence);
    while (words.find()) {
      Optional<Cause> cause = cause(words.group());
      if (cause.isPresent()) {
        return cause.get();
      }
    }
    String lower = sentence.toLowerCase(Locale.ROOT);
    return SENTENCES.entrySet().stream()
        .filter(entry -> lower.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .min(Cause::compareTo)
        .orElse(Cause.CONFIG);
  }
}
