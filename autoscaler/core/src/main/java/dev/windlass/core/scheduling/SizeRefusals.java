package dev.windlass.core.scheduling;

import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.Refusal.Rule;
import java.util.Optional;

/** Says which amount is missing when a pod does not fit for its size. */
final class SizeRefusals {
  private static final double MEBIBYTE = 1 << 20;

  private SizeRefusals() {}

  /** A resource that is not there at all is named before one of which there is too little. */
  static Optional<Refusal> refuse(
      ResourceColumns columns, int gpuColumn, PodShape shape, Slot slot) {
    Refusal shortage = null;
    for (int column = 0; column < shape.requests.length; column++) {
      long wanted = shape.requests[column];
      if (wanted > 0 && slot.free[column] < wanted) {
        Refusal here = shortage(columns.name(column), wanted, slot.free[column]);
        if (here.rule() == Rule.MISSING_RESOURCE) {
          return Optional.of(here);
        }
        shortage = shortage == null ? here : shortage;
      }
    }
    if (shortage != null) {
      return Optional.of(shortage);
    }
    if (shape.share > 0 && (slot.devices == null || slot.devices.shares(shape.share) == 0)) {
      int largest = slot.devices == null ? 0 : slot.devices.largest();
      return Optional.of(
          new Refusal(
              Rule.GPU_SHARE,
              "the pod needs "
                  + shape.share
                  + "/1000 of one GPU device, the freest device has "
                  + largest));
    }
    return Optional.empty();
  }

  private static Refusal shortage(String name, long wanted, long free) {
    Rule rule = free <= 0 && isExtended(name) ? Rule.MISSING_RESOURCE : Rule.INSUFFICIENT_RESOURCE;
    return new Refusal(
        rule, "the pod needs " + amount(name, wanted) + ", there is " + amount(name, free));
  }

  private static boolean isExtended(String name) {
    return !name.equals(Resources.CPU)
        && !name.equals(Resources.MEMORY)
        && !name.equals(Resources.EPHEMERAL_STORAGE)
        && !name.equals(Resources.PODS);
  }

  /** An amount as users write it. */
  static String amount(String name, long amount) {
    return switch (name) {
      case Resources.CPU -> amount + "m cpu";
      case Resources.MEMORY, Resources.EPHEMERAL_STORAGE ->
          Math.round(amount / MEBIBYTE) + "Mi " + name;
      default -> amount + " " + name;
    };
  }
}
