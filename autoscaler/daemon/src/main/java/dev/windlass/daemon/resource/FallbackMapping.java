package dev.windlass.daemon.resource;

import dev.windlass.core.model.Fallback;
import dev.windlass.core.model.Fallback.Kind;
import dev.windlass.core.model.Fallbacks;
import dev.windlass.daemon.resource.ReplicaScalerSpec.FallbackBehavior;
import dev.windlass.daemon.resource.ReplicaScalerSpec.FallbackRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What {@code spec.fallback} means. */
final class FallbackMapping {
  private static final String FIELD = "spec.fallback";

  private FallbackMapping() {}

  static Fallbacks parse(ReplicaScalerSpec.@Nullable Fallback given, Findings findings) {
    if (given == null) {
      return Fallbacks.NONE;
    }
    FallbackRule usual =
        new FallbackRule(
            given.after(), given.replicas(), given.behavior(), given.percent(), given.timeToLive());
    @Nullable Fallback all = rule(usual, FIELD, findings);
    return new Fallbacks(
        given.value() == null ? all : rule(given.value(), FIELD + ".value", findings),
        given.empty() == null ? all : rule(given.empty(), FIELD + ".empty", findings),
        given.error() == null ? all : rule(given.error(), FIELD + ".error", findings));
  }

  private static @Nullable Fallback rule(FallbackRule rule, String field, Findings findings) {
    Kind kind = kind(rule.behavior());
    @Nullable Duration after = NodeGroupMapping.duration(rule.after(), field + ".after", findings);
    int amount =
        switch (kind) {
          case STATIC, CURRENT_IF_HIGHER, CURRENT_IF_LOWER ->
              amount(rule.replicas(), field + ".replicas", findings);
          case PROPORTIONAL -> amount(rule.percent(), field + ".percent", findings);
          case HOLD, LAST_VALUE -> 0;
        };
    @Nullable Duration timeToLive = Duration.ZERO;
    if (kind == Kind.LAST_VALUE) {
      if (rule.timeToLive() == null) {
        findings.missing(field + ".timeToLive", "how long the last value counts");
      }
      timeToLive = NodeGroupMapping.duration(rule.timeToLive(), field + ".timeToLive", findings);
    }
    return after == null || timeToLive == null || amount < 0
        ? null
        : new Fallback(after, amount, kind, timeToLive);
  }

  private static int amount(@Nullable Integer given, String field, Findings findings) {
    if (given == null) {
      findings.missing(field, "a number of 0 or more");
      return -1;
    }
    findings.require(given >= 0, field, given, "0 or more");
    return given;
  }

  private static Kind kind(@Nullable FallbackBehavior behavior) {
    return switch (behavior) {
      case null -> Kind.STATIC;
      case Static -> Kind.STATIC;
      case CurrentReplicasIfHigher -> Kind.CURRENT_IF_HIGHER;
      case CurrentReplicasIfLower -> Kind.CURRENT_IF_LOWER;
      case Hold -> Kind.HOLD;
      case LastValue -> Kind.LAST_VALUE;
      case Proportional -> Kind.PROPORTIONAL;
    };
  }
}
