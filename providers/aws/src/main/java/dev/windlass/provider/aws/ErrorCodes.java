package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the error codes of Auto Scaling, EC2, EKS, SQS and STS mean. */
final class ErrorCodes {
  private static final Duration STOCKOUT = Duration.ofMinutes(3);
  private static final Duration NO_ADDRESSES = Duration.ofSeconds(30);
  private static final Duration NEVER_THERE = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration NO_LIMIT_AT_ALL = Duration.ofHours(1);
  private static final Duration PERMISSION = Duration.ofMinutes(30);
  private static final Duration AUTH = Duration.ofMinutes(1);
  private static final Pattern LIMIT_ZERO =
      Pattern.compile("(?i)limit of 0\\b|quota allows for 0\\b");

  private static final Map<String, Rule> RULES = new HashMap<>();

  static {
    add(
        Cause.CAPACITY,
        STOCKOUT,
        Reach.VARIANT,
        "InsufficientInstanceCapacity InsufficientHostCapacity InsufficientCapacity"
            + " UnfulfillableCapacity SpotMaxPriceTooLow ReservationCapacityExceeded");
    add(Cause.CAPACITY, NEVER_THERE, Reach.TYPE_IN_ZONE, "Unsupported UnsupportedOperation");
    add(Cause.CAPACITY, NO_ADDRESSES, Reach.ZONE, "InsufficientFreeAddressesInSubnet");
    add(Cause.QUOTA, LIMIT, Reach.FAMILY, "VcpuLimitExceeded InstanceLimitExceeded");
    add(Cause.QUOTA, LIMIT, Reach.SPOT_FAMILY, "MaxSpotInstanceCountExceeded");
    add(
        Cause.QUOTA,
        LIMIT,
        Reach.ALL,
        "MaxFleetCountExceeded LimitExceeded LimitExceededFault PendingVerification"
            + " ResourceLimitExceeded");
    add(
        Cause.THROTTLED,
        null,
        Reach.ALL,
        "RequestLimitExceeded Throttling ThrottlingException ThrottledException RequestThrottled"
            + " RequestThrottledException EC2ThrottledException TooManyRequestsException SlowDown"
            + " BandwidthLimitExceeded PriorRequestNotComplete"
            + " TransactionInProgressException ProvisionedThroughputExceededException");
    add(
        Cause.CONFLICT,
        null,
        Reach.ALL,
        "ScalingActivityInProgress ScalingActivityInProgressFault ResourceContention"
            + " ResourceContentionFault IncorrectInstanceState IdempotentParameterMismatch"
            + " IdempotentParameterMismatchError ResourceInUse ResourceInUseFault");
    add(
        Cause.PERMISSION,
        PERMISSION,
        Reach.ALL,
        "UnauthorizedOperation AccessDenied AccessDeniedException OptInRequired"
            + " Client.UnauthorizedOperation AccessDeniedFault");
    add(
        Cause.PERMISSION,
        PERMISSION,
        Reach.SPOT,
        "AuthFailure.ServiceLinkedRoleCreationNotPermitted");
    add(
        Cause.AUTH,
        AUTH,
        Reach.ALL,
        "ExpiredToken ExpiredTokenException InvalidClientTokenId RequestExpired"
            + " SignatureDoesNotMatch AuthFailure UnrecognizedClientException"
            + " InvalidSignatureException InvalidIdentityToken MissingAuthenticationToken"
            + " IncompleteSignature InvalidAccessKeyId");
    add(
        Cause.TRANSIENT,
        null,
        Reach.ALL,
        "InternalError InternalFailure InternalServerError InternalServerException RequestTimeout"
            + " RequestTimeoutException Unavailable ServiceUnavailable ServiceUnavailableException"
            + " ServerException");
    add(
        Cause.NOT_FOUND,
        null,
        Reach.ALL,
        "ResourceNotFoundException QueueDoesNotExist"
            + " AWS.SimpleQueueService.NonExistentQueue InvalidInstanceID.NotFound");
    add(
        Cause.CONFIG,
        null,
        Reach.ALL,
        "ValidationError ValidationException InvalidParameterValue InvalidParameter"
            + " InvalidParameterException InvalidParameterCombination MissingParameter"
            + " InvalidUserData.Malformed VPCIdNotSpecified InvalidBlockDeviceMapping"
            + " MalformedQueryString OperationNotPermitted InvalidRequest");
  }

  private ErrorCodes() {}

  /** What is closed by an error, of the machines that were asked for. */
  enum Reach {
    ALL,
    ZONE,
    TYPE_IN_ZONE,
    VARIANT,
    FAMILY,
    SPOT_FAMILY,
    SPOT
  }

  /**
   * What a code means.
   *
   * @param cause its class
   * @param usual how long the scope is worth leaving alone, or null for the policy's back-off
   * @param reach what it closes
   */
  record Rule(Cause cause, @Nullable Duration usual, Reach reach) {
    /** How long the scope is worth leaving alone: longer if there is no limit to free up. */
    @Nullable Duration hold(String message) {
      return cause == Cause.QUOTA && LIMIT_ZERO.matcher(message).find() ? NO_LIMIT_AT_ALL : usual;
    }
  }

  private static void add(Cause cause, @Nullable Duration hold, Reach reach, String codes) {
    for (String code : codes.split(" ", -1)) {
      RULES.put(code, new Rule(cause, hold, reach));
    }
  }

  /** The meaning of a code; empty if nobody knows it. */
  static Optional<Rule> rule(String code) {
    Rule rule = RULES.get(code);
    if (rule != null) {
      return Optional.of(rule);
    }
    boolean isTemplate =
        code.startsWith("InvalidLaunchTemplate")
            || code.startsWith("InvalidAMIID")
            || (code.startsWith("Invalid") && code.contains("NotFound"));
    return isTemplate ? Optional.of(new Rule(Cause.CONFIG, null, Reach.ALL)) : Optional.empty();
  }
}
