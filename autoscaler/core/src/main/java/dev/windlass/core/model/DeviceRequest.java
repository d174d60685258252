package dev.windlass.core.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * One request of a claim.
 *
 * @param name its name in the claim
 * @param choices what may be allocated for it, the best first; one for an {@code exactly} request
 */
public record DeviceRequest(String name, List<Choice> choices) {
  public DeviceRequest {
    choices = List.copyOf(choices);
  }

  /** A request for so many devices of a class. */
  public static DeviceRequest exactly(
      String name, String deviceClass, long count, List<DeviceSelector> selectors) {
    return new DeviceRequest(
        name,
        List.of(new Choice("", deviceClass, selectors, new Count.Exactly(count), Terms.USUAL)));
  }

  /** Whether this is a prioritized list. */
  public boolean isList() {
    return choices.size() != 1 || !choices.getFirst().name().isEmpty();
  }

  /**
   * One way to meet a request.
   *
   * @param name its name in a prioritized list; empty in an {@code exactly} request
   * @param deviceClass the class
   * @param selectors what each device must meet
   * @param count how many devices
   * @param terms access, tolerations and amounts
   */
  public record Choice(
      String name, String deviceClass, List<DeviceSelector> selectors, Count count, Terms terms) {
    public Choice {
      selectors = List.copyOf(selectors);
    }
  }

  /** How many devices a request is for. */
  public sealed interface Count {
    /** So many. */
    record Exactly(long devices) implements Count {}

    /** Every device that there is for the node; at least one. */
    record All() implements Count {}
  }

  /**
   * On which terms devices are taken.
   *
   * @param adminAccess whether the devices may be in use and stay free for others
   * @param tolerations the taints that do not matter
   * @param capacity how much of each device; what is not named is taken as the device says
   */
  public record Terms(
      boolean adminAccess,
      List<DeviceTaint.Tolerated> tolerations,
      Map<String, BigDecimal> capacity) {
    public static final Terms USUAL = new Terms(false, List.of(), Map.of());

    public Terms {
      tolerations = List.copyOf(tolerations);
      capacity = Map.copyOf(capacity);
    }
  }
}
