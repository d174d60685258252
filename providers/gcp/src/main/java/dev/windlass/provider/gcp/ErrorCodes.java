package dev.windlass.provider.gcp;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Classes of the reasons that Compute Engine gives in its answers, in operations, and for machines
 * that it could not make. A 403 is a rate limit, a quota or a permission: only its reason tells.
 */
final class ErrorCodes {
  static final Duration STOCKOUT = Duration.ofMinutes(3);
  static final Duration ADDRESSES = Duration.ofSeconds(30);
  static final Duration QUOTA_LOW = Duration.ofMinutes(10);
  static final Duration QUOTA_NONE = Duration.ofHours(1);
  static final Duration NOT_SOLD = Duration.ofHours(1);
  static final Duration PERMISSION = Duration.ofMinutes(30);

  private static final Set<String> THROTTLED =
      Set.of(
          "RATELIMITEXCEEDED",
          "USERRATELIMITEXCEEDED",
          "RATE_LIMIT_EXCEEDED",
          "RESOURCE_OPERATION_RATE_EXCEEDED",
          "RESOURCE_EXHAUSTED");
  private static final Set<String> CONFLICT =
      Set.of(
          "RESOURCE_NOT_READY",
          "RESOURCENOTREADY",
          "RESOURCEINUSEBYANOTHERRESOURCE",
          "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE",
          "MEMBER_ALREADY_EXISTS",
          "RESOURCE_ALREADY_EXISTS",
          "ALREADYEXISTS",
          "CONDITIONNOTMET",
          "CONFLICT",
          "ABORTED");
  private static final Set<String> STOCKOUTS =
      Set.of(
          "ZONE_RESOURCE_POOL_EXHAUSTED",
          "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS",
          "RESOURCE_POOL_EXHAUSTED",
          "INSUFFICIENT_CAPACITY",
          "STOCKOUT");
  private static final Set<String> PERMISSIONS =
      Set.of(
          "PERMISSIONS_ERROR",
          "FORBIDDEN",
          "PERMISSION_DENIED",
          "ACCESSNOTCONFIGURED",
          "IAM_PERMISSION_DENIED");
  private static final Set<String> AUTH = Set.of("AUTHERROR", "UNAUTHENTICATED", "INVALID_GRANT");
  private static final Set<String> TRANSIENT =
      Set.of("BACKENDERROR", "INTERNALERROR", "INTERNAL_ERROR", "INTERNAL", "UNAVAILABLE");
  private static final Set<String> CONFIG =
      Set.of(
          "INVALID",
          "BADREQUEST",
          "REQUIRED",
          "INVALID_ARGUMENT",
          "INVALID_USAGE",
          "INVALID_FIELD_VALUE",
          "UNSUPPORTED_OPERATION");
  private static final Pattern NO_QUOTA = Pattern.compile("Limit: 0(\\.0+)?\\b");
  private static final Pattern RESERVATION_TAKEN =
      Pattern.compile(
          "(?i)not have (sufficient|enough)|no (available|free)|not ready|is full|fully"
              + " (used|consumed)");

  private ErrorCodes() {}

  /**
   * A failure of all that was asked for.
   *
   * @param code the reason or code, or empty
   * @param message the cloud's words
   * @param status the HTTP status; zero where the code was in an operation or a machine
   */
  static CloudFailure failure(String code, String message, int status) {
    Cause cause = cause(code.toUpperCase(Locale.ROOT), message, status);
    return new CloudFailure(cause, message, FailureScope.ALL, code, hold(cause, code, message));
  }

  private static Cause cause(String code, String message, int status) {
    if (status == 429 || THROTTLED.contains(code)) {
      return Cause.THROTTLED;
    }
    if (code.contains("QUOTA")) {
      return Cause.QUOTA;
    }
    if (STOCKOUTS.contains(code) || code.startsWith("IP_SPACE_EXHAUSTED") || isNotSold(message)) {
      return Cause.CAPACITY;
    }
    if (message.toLowerCase(Locale.ROOT).contains("reservation")) {
      return RESERVATION_TAKEN.matcher(message).find() ? Cause.CAPACITY : Cause.CONFIG;
    }
    if (code.equals("CONDITION_NOT_MET")) {
      return message.contains("constraints/") ? Cause.PERMISSION : Cause.CAPACITY;
    }
    return status == 0 ? causeOfCode(code, message) : causeOfAnswer(code, message, status);
  }

  private static Cause causeOfCode(String code, String message) {
    if (CONFLICT.contains(code)) {
      return Cause.CONFLICT;
    }
    if (PERMISSIONS.contains(code)) {
      return Cause.PERMISSION;
    }
    if (AUTH.contains(code)) {
      return Cause.AUTH;
    }
    if (TRANSIENT.contains(code)) {
      return Cause.TRANSIENT;
    }
    if (code.equals("NOTFOUND") || code.equals("NOT_FOUND") || code.equals("RESOURCE_NOT_FOUND")) {
      return isOfTemplate(message) ? Cause.CONFIG : Cause.NOT_FOUND;
    }
    return CONFIG.contains(code) || code.startsWith("UNSUPPORTED") ? Cause.CONFIG : Cause.UNKNOWN;
  }

  private static Cause causeOfAnswer(String code, String message, int status) {
    return switch (status) {
      case 401 -> Cause.AUTH;
      case 404 -> isOfTemplate(message) ? Cause.CONFIG : Cause.NOT_FOUND;
      case 409, 412 -> Cause.CONFLICT;
      default -> status >= 500 ? Cause.TRANSIENT : causeOfCode(code, message);
    };
  }

  /** A machine type that a zone does not have. */
  private static boolean isNotSold(String message) {
    return message.contains("Machine type with name") && message.contains("does not exist in zone");
  }

  private static boolean isOfTemplate(String message) {
    return message.contains("instanceTemplates/") || message.contains("images/");
  }

  private static @Nullable Duration hold(Cause cause, String code, String message) {
    return switch (cause) {
      case QUOTA -> NO_QUOTA.matcher(message).find() ? QUOTA_NONE : QUOTA_LOW;
      case PERMISSION -> PERMISSION;
      case CAPACITY ->
          isNotSold(message)
              ? NOT_SOLD
              : code.toUpperCase(Locale.ROOT).startsWith("IP_SPACE") ? ADDRESSES : STOCKOUT;
      case THROTTLED, TRANSIENT, CONFLICT, NOT_FOUND, AUTH, CONFIG, UNKNOWN -> null;
    };
  }
}
