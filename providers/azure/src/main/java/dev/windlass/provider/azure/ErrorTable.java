package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Azure's error codes: which class each belongs to, what it closes and for how long. The same code
 * means different things with different statuses, so the status is looked at first, the code next,
 * the text last.
 */
final class ErrorTable {
  private static final Duration STOCKOUT = Duration.ofMinutes(3);
  private static final Duration NOT_OFFERED = Duration.ofHours(1);
  private static final Duration NO_QUOTA = Duration.ofHours(1);
  private static final Duration LOW_QUOTA = Duration.ofMinutes(10);
  private static final Duration ADDRESSES = Duration.ofSeconds(30);
  private static final Duration NIC_RESERVED = Duration.ofMinutes(3);
  private static final Duration DENIED = Duration.ofMinutes(30);
  private static final Pattern LIMIT_ZERO = Pattern.compile("(?i)current limit:? ?\\(?0(\\D|$)");

  private static final Map<String, Cause> CODES =
      Map.ofEntries(
          Map.entry("toomanyrequests", Cause.THROTTLED),
          Map.entry("subscriptionrequeststhrottled", Cause.THROTTLED),
          Map.entry("internalexecutionerror", Cause.TRANSIENT),
          Map.entry("internalservererror", Cause.TRANSIENT),
          Map.entry("networkinginternaloperationerror", Cause.TRANSIENT),
          Map.entry("serverbusy", Cause.TRANSIENT),
          Map.entry("serviceunavailable", Cause.TRANSIENT),
          Map.entry("conflict", Cause.CONFLICT),
          Map.entry("preconditionfailed", Cause.CONFLICT),
          Map.entry("operationpreempted", Cause.CONFLICT),
          Map.entry("anotheroperationinprogress", Cause.CONFLICT),
          Map.entry("etagmismatch", Cause.CONFLICT),
          Map.entry("resourcenotfound", Cause.NOT_FOUND),
          Map.entry("resourcegroupnotfound", Cause.NOT_FOUND),
          Map.entry("parentresourcenotfound", Cause.NOT_FOUND),
          Map.entry("notfound", Cause.NOT_FOUND),
          Map.entry("subscriptionnotfound", Cause.CONFIG),
          Map.entry("zonalallocationfailed", Cause.CAPACITY),
          Map.entry("allocationfailed", Cause.CAPACITY),
          Map.entry("overconstrainedzonalallocationrequest", Cause.CAPACITY),
          Map.entry("overconstrainedallocationrequest", Cause.CAPACITY),
          Map.entry("evicteddeallocated", Cause.CAPACITY),
          Map.entry("insufficientsubnetsize", Cause.CAPACITY),
          Map.entry("subnetisfull", Cause.CAPACITY),
          Map.entry("nicreservedforanothervm", Cause.CAPACITY),
          Map.entry("quotaexceeded", Cause.QUOTA),
          Map.entry("authorizationfailed", Cause.PERMISSION),
          Map.entry("linkedauthorizationfailed", Cause.PERMISSION),
          Map.entry("requestdisallowedbypolicy", Cause.PERMISSION),
          Map.entry("expiredauthenticationtoken", Cause.AUTH),
          Map.entry("invalidauthenticationtoken", Cause.AUTH),
          Map.entry("authenticationfailed", Cause.AUTH),
          Map.entry("invalidparameter", Cause.CONFIG),
          Map.entry("badrequest", Cause.CONFIG),
          Map.entry("imagenotfound", Cause.CONFIG),
          Map.entry("propertychangenotallowed", Cause.CONFIG),
          Map.entry("vmextensionprovisioningfailed", Cause.CONFIG),
          Map.entry("missingapiversionparameter", Cause.CONFIG));

  private ErrorTable() {}

  /** The failure that an answer stands for. */
  static CloudFailure failure(ArmAnswer answer, Scopes scopes) {
    Cause cause = cause(answer, scopes);
    return new CloudFailure(
        cause, message(answer), scope(cause, answer, scopes), answer.code(), hold(cause, answer));
  }

  private static Cause cause(ArmAnswer answer, Scopes scopes) {
    String code = answer.code().toLowerCase(Locale.ROOT);
    if (answer.status() == 429) {
      return Cause.THROTTLED;
    }
    if (answer.status() == 412) {
      return Cause.CONFLICT;
    }
    if (answer.status() == 401 || code.startsWith("aadsts")) {
      return Cause.AUTH;
    }
    return switch (code) {
      case "operationnotallowed" -> mentionsQuota(answer) ? Cause.QUOTA : notAllowed(answer);
      case "skunotavailable" -> scopes.spot() ? Cause.CAPACITY : Cause.CONFIG;
      default -> {
        Cause known = CODES.get(code);
        yield known == null ? byStatus(answer.status(), code) : known;
      }
    };
  }

  private static boolean mentionsQuota(ArmAnswer answer) {
    String text = answer.message().toLowerCase(Locale.ROOT);
    return text.contains("quota") || text.contains("lowprioritycores");
  }

  /** Without a word of quota it is a lock that another operation holds. */
  private static Cause notAllowed(ArmAnswer answer) {
    return answer.message().contains("in progress") || answer.status() == 409
        ? Cause.CONFLICT
        : Cause.CONFIG;
  }

  private static Cause byStatus(int status, String code) {
    if (status >= 500 || status == 408) {
      return Cause.TRANSIENT;
    }
    return switch (status) {
      case 403 -> code.isEmpty() ? Cause.UNKNOWN : Cause.PERMISSION;
      case 404 -> code.isEmpty() ? Cause.UNKNOWN : Cause.NOT_FOUND;
      case 409 -> code.isEmpty() ? Cause.UNKNOWN : Cause.CONFLICT;
      default -> Cause.UNKNOWN;
    };
  }

  private static FailureScope scope(Cause cause, ArmAnswer answer, Scopes scopes) {
    String code = answer.code().toLowerCase(Locale.ROOT);
    return switch (cause) {
      case QUOTA -> scopes.ofQuota(answer.message());
      case CAPACITY ->
          switch (code) {
            case "zonalallocationfailed",
                "overconstrainedzonalallocationrequest",
                "evicteddeallocated" ->
                scopes.ofZone();
            case "insufficientsubnetsize", "subnetisfull", "nicreservedforanothervm" ->
                FailureScope.ALL;
            default -> scopes.ofType();
          };
      case CONFIG -> code.equals("skunotavailable") ? scopes.ofType() : FailureScope.ALL;
      case THROTTLED, TRANSIENT, CONFLICT, NOT_FOUND, PERMISSION, AUTH, UNKNOWN -> FailureScope.ALL;
    };
  }

  private static @Nullable Duration hold(Cause cause, ArmAnswer answer) {
    if (answer.retryAfter() != null) {
      return answer.retryAfter();
    }
    String code = answer.code().toLowerCase(Locale.ROOT);
    return switch (cause) {
      case QUOTA -> LIMIT_ZERO.matcher(answer.message()).find() ? NO_QUOTA : LOW_QUOTA;
      case PERMISSION -> DENIED;
      case CAPACITY ->
          switch (code) {
            case "insufficientsubnetsize", "subnetisfull" -> ADDRESSES;
            case "nicreservedforanothervm" -> NIC_RESERVED;
            case "skunotavailable" -> NOT_OFFERED;
            default -> STOCKOUT;
          };
      case CONFIG -> code.equals("skunotavailable") ? NOT_OFFERED : null;
      case THROTTLED, TRANSIENT, CONFLICT, NOT_FOUND, AUTH, UNKNOWN -> null;
    };
  }

  private static String message(ArmAnswer answer) {
    return answer.code().isEmpty() && answer.status() > 0
        ? "status " + answer.status() + ": " + answer.message()
        : answer.message();
  }
}
