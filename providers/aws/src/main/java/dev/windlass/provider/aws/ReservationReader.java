package dev.windlass.provider.aws;

import dev.windlass.core.model.Offering;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Reservations.Reservation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.CapacityReservationState;

/**
 * On-demand capacity reservations and capacity blocks of the types that a group offers, in the
 * zones that it offers.
 */
final class ReservationReader {
  private static final Set<CapacityReservationState> OVER =
      Set.of(
          CapacityReservationState.EXPIRED,
          CapacityReservationState.CANCELLED,
          CapacityReservationState.FAILED,
          CapacityReservationState.PAYMENT_FAILED);

  private ReservationReader() {}

  static List<Reservation> read(GroupReference group, ComputeCalls calls) {
    Set<String> types =
        group.offerings().stream()
            .map(offering -> offering.variant().instanceType())
            .collect(Collectors.toSet());
    if (types.isEmpty()) {
      return List.of();
    }
    return calls.reservations("instance-type", types).stream()
        .filter(each -> !OVER.contains(each.state()))
        .filter(each -> group.offerings().stream().anyMatch(offering -> fits(offering, each)))
        .map(ReservationReader::reservation)
        .toList();
  }

  private static boolean fits(Offering offering, CapacityReservation reservation) {
    return offering.variant().instanceType().equals(reservation.instanceType())
        && offering.variant().zone().equals(reservation.availabilityZone());
  }

  private static Reservation reservation(CapacityReservation each) {
    return new Reservation(
        each.capacityReservationId(),
        each.instanceType(),
        each.availabilityZone(),
        each.totalInstanceCount(),
        each.availableInstanceCount(),
        each.state() == CapacityReservationState.ACTIVE,
        each.endDate());
  }
}
