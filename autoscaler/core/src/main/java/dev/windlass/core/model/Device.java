package dev.windlass.core.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device of a ResourceSlice.
 *
 * @param name its name in its pool
 * @param attributes by name, with or without a domain
 * @param capacity by name, with or without a domain
 * @param taints what keeps claims away
 * @param consumes what it takes of its pool's shared counters, by counter set and counter
 * @param sharing how claims and nodes share it
 */
public record Device(
    String name,
    Map<String, Attribute> attributes,
    Map<String, DeviceCapacity> capacity,
    List<DeviceTaint> taints,
    Map<String, Map<String, BigDecimal>> consumes,
    Sharing sharing) {
  public Device {
    attributes = Map.copyOf(attributes);
    capacity = Map.copyOf(capacity);
    taints = List.copyOf(taints);
    consumes = Map.copyOf(consumes);
  }

  /** A device that one claim has to itself, with nothing but attributes. */
  public static Device of(String name, Map<String, Attribute> attributes) {
    return new Device(name, attributes, Map.of(), List.of(), Map.of(), Sharing.USUAL);
  }

  /**
   * The attribute with a qualified name, or null.
   *
   * @param qualified {@code DOMAIN/NAME}; names without a domain are the driver's
   */
  public @Nullable Attribute attribute(String driver, String qualified) {
    Attribute exact = attributes.get(qualified);
    int slash = qualified.indexOf('/');
    if (exact != null || slash < 0 || !qualified.substring(0, slash).equals(driver)) {
      return exact;
    }
    return attributes.get(qualified.substring(slash + 1));
  }

  /**
   * How a device is shared.
   *
   * @param amongClaims whether several claims may take parts of its capacity
   * @param nodes the nodes that reach it, where its slice leaves that to the device; else null
   * @param bindsToNode whether a claim that got it stays with the node
   * @param bindingConditions whether it must be prepared before its pod is bound
   */
  public record Sharing(
      boolean amongClaims,
      @Nullable DeviceNodes nodes,
      boolean bindsToNode,
      boolean bindingConditions) {
    public static final Sharing USUAL = new Sharing(false, null, false, false);
  }

  /** An attribute's value; values of different types are never equal. */
  public sealed interface Attribute {
    record Text(String value) implements Attribute {}

    record Whole(long value) implements Attribute {}

    /** A value of a type that kube-scheduler does not know; equal to no other. */
    record Unknown() implements Attribute {}

    record Flag(boolean value) implements Attribute {}

    /** A semantic version, as written. */
    record Version(String value) implements Attribute {}
  }
}
