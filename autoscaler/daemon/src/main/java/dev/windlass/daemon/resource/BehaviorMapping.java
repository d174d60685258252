package dev.windlass.daemon.resource;

import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.RatePolicy;
import dev.windlass.core.model.ScalingBehavior.Select;
import dev.windlass.core.model.ScalingBehavior.Unit;
import dev.windlass.daemon.resource.ReplicaScalerSpec.Behavior;
import dev.windlass.daemon.resource.ReplicaScalerSpec.PolicyType;
import dev.windlass.daemon.resource.ReplicaScalerSpec.ScalingPolicy;
import dev.windlass.daemon.resource.ReplicaScalerSpec.ScalingRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What {@code spec.behavior} means, with the defaults of {@code autoscaling/v2}. */
final class BehaviorMapping {
  private static final Direction USUAL_UP =
      new Direction(
          Duration.ZERO,
          Select.MAX,
          List.of(
              new RatePolicy(Unit.PODS, 4, Duration.ofSeconds(15)),
              new RatePolicy(Unit.PERCENT, 100, Duration.ofSeconds(15))),
          null);
  private static final Direction USUAL_DOWN =
      new Direction(
          null,
          Select.MAX,
          List.of(new RatePolicy(Unit.PERCENT, 100, Duration.ofSeconds(15))),
          null);

  private BehaviorMapping() {}

  /** The behavior, null when there is none: then the rules without one hold. */
  static @Nullable ScalingBehavior parse(@Nullable Behavior behavior, Findings findings) {
    return behavior == null
        ? null
        : new ScalingBehavior(
            direction(behavior.scaleUp(), USUAL_UP, "spec.behavior.scaleUp", findings),
            direction(behavior.scaleDown(), USUAL_DOWN, "spec.behavior.scaleDown", findings));
  }

  private static Direction direction(
      @Nullable ScalingRules rules, Direction usual, String field, Findings findings) {
    if (rules == null) {
      return usual;
    }
    @Nullable Integer window = rules.stabilizationWindowSeconds();
    if (window != null) {
      findings.require(
          window >= 0 && window <= 3600,
          field + ".stabilizationWindowSeconds",
          window,
          "a number from 0 to 3600");
    }
    return new Direction(
        window == null ? usual.stabilizationWindow() : Duration.ofSeconds(Math.max(0, window)),
        select(rules.selectPolicy()),
        policies(rules.policies(), usual.policies(), field, findings),
        tolerance(rules, field, findings));
  }

  private static Select select(ReplicaScalerSpec.@Nullable SelectPolicy select) {
    return switch (select) {
      case null -> Select.MAX;
      case Max -> Select.MAX;
      case Min -> Select.MIN;
      case Disabled -> Select.DISABLED;
    };
  }

  private static List<RatePolicy> policies(
      @Nullable List<ScalingPolicy> given,
      List<RatePolicy> usual,
      String field,
      Findings findings) {
    if (given == null) {
      return usual;
    }
    if (given.isEmpty()) {
      findings.add(field + ".policies", "[]", "at least one policy");
    }
    List<RatePolicy> policies = new ArrayList<>();
    for (ScalingPolicy each : given) {
      String place = field + ".policies[" + policies.size() + "]";
      findings.require(each.value() > 0, place + ".value", each.value(), "a number above 0");
      findings.require(
          each.periodSeconds() >= 1 && each.periodSeconds() <= 1800,
          place + ".periodSeconds",
          each.periodSeconds(),
          "a number from 1 to 1800");
      Unit unit = each.type() == PolicyType.Percent ? Unit.PERCENT : Unit.PODS;
      int value = Math.max(1, each.value());
      Duration period = Duration.ofSeconds(Math.max(1, each.periodSeconds()));
      policies.add(new RatePolicy(unit, value, period));
    }
    return policies;
  }

  private static @Nullable Double tolerance(ScalingRules rules, String field, Findings findings) {
    if (rules.tolerance() == null) {
      return null;
    }
    OptionalLong milli = Texts.milli(rules.tolerance());
    if (milli.isEmpty() || milli.getAsLong() < 0) {
      findings.add(field + ".tolerance", rules.tolerance(), "a quantity of 0 or more");
      return null;
    }
    return milli.getAsLong() / 1000.0;
  }
}
