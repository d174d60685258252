package dev.windlass.core.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a ResourceClaim asks for.
 *
 * @param requests one after another
 * @param constraints what must hold among the devices
 * @param invalid the fields that Kubernetes would refuse, in words; null when there are none
 */
public record DeviceClaim(
    List<DeviceRequest> requests, List<Constraint> constraints, @Nullable String invalid) {
  public DeviceClaim {
    requests = List.copyOf(requests);
    constraints = List.copyOf(constraints);
  }

  public DeviceClaim(List<DeviceRequest> requests, List<Constraint> constraints) {
    this(requests, constraints, null);
  }

  /** What stands for a claim that Kubernetes would refuse. */
  public static DeviceClaim refused(String invalid) {
    return new DeviceClaim(List.of(), List.of(), invalid);
  }

  /**
   * A rule about one attribute of the devices.
   *
   * @param kind what the rule is
   * @param attribute its qualified name
   * @param requests the requests whose devices count, {@code REQUEST} or {@code REQUEST/CHOICE};
   *     empty for all
   */
  public record Constraint(Kind kind, String attribute, Set<String> requests) {
    public Constraint {
      requests = Set.copyOf(requests);
    }

    /** Whether devices for this choice of a request count. */
    public boolean concerns(String request, String choice) {
      return requests.isEmpty()
          || requests.contains(request)
          || (!choice.isEmpty() && requests.contains(request + "/" + choice));
    }
  }

  /** What a constraint asks of the attribute. */
  public enum Kind {
    /** One value on all devices. */
    MATCH,
    /** Another value on each device. */
    DISTINCT
  }
}
