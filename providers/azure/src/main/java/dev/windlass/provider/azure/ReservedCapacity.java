package dev.windlass.provider.azure;

import com.azure.resourcemanager.compute.fluent.models.CapacityReservationInner;
import com.azure.resourcemanager.compute.models.CapacityReservationGroupInstanceView;
import com.azure.resourcemanager.compute.models.CapacityReservationInstanceViewWithName;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetVMProfile;
import dev.windlass.provider.spi.Reservations.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The capacity reservations that a set, or the node pool that it belongs to, draws from. */
final class ReservedCapacity {
  private ReservedCapacity() {}

  static List<Reservation> of(ArmCalls calls, Group group) {
    String id = reservationGroup(group);
    String[] parts = id == null ? new String[0] : id.split("/", -1);
    if (parts.length < 9) {
      return List.of();
    }
    Map<String, Integer> taken = taken(calls, parts[4], parts[8]);
    List<Reservation> reservations = new ArrayList<>();
    for (CapacityReservationInner each : calls.reservations(parts[4], parts[8])) {
      if (each.sku() != null && each.sku().capacity() != null && each.name() != null) {
        int total = each.sku().capacity().intValue();
        reservations.add(
            new Reservation(
                each.name(),
                String.valueOf(each.sku().name()),
                MachineReader.zone(group.location(), each.zones()),
                total,
                Math.max(0, total - taken.getOrDefault(each.name(), 0)),
                "Succeeded".equals(each.provisioningState()),
                end(each)));
      }
    }
    return reservations;
  }

  private static @Nullable String reservationGroup(Group group) {
    if (group.pool() != null) {
      return group.pool().capacityReservationGroupId();
    }
    VirtualMachineScaleSetVMProfile profile = group.set().virtualMachineProfile();
    return profile == null
            || profile.capacityReservation() == null
            || profile.capacityReservation().capacityReservationGroup() == null
        ? null
        : profile.capacityReservation().capacityReservationGroup().id();
  }

  private static Map<String, Integer> taken(ArmCalls calls, String resourceGroup, String name) {
    Map<String, Integer> taken = new HashMap<>();
    CapacityReservationGroupInstanceView view =
        calls.reservationGroup(resourceGroup, name).instanceView();
    if (view != null && view.capacityReservations() != null) {
      for (CapacityReservationInstanceViewWithName each : view.capacityReservations()) {
        if (each.utilizationInfo() != null
            && each.utilizationInfo().virtualMachinesAllocated() != null) {
          taken.put(each.name(), each.utilizationInfo().virtualMachinesAllocated().size());
        }
      }
    }
    return taken;
  }

  /** Blocks of capacity have an end, as a day and hour in UTC. */
  private static @Nullable Instant end(CapacityReservationInner reservation) {
    String end = reservation.scheduleProfile() == null ? null : reservation.scheduleProfile().end();
    return end != null && end.matches("\\d{4}-\\d{2}-\\d{2}")
        ? Instant.parse(end + "T00:00:00Z")
        : null;
  }
}
