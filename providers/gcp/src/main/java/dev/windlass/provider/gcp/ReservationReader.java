package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.AllocationSpecificSKUReservation;
import com.google.cloud.compute.v1.InstanceGroupManager;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Reservations.Reservation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reservations of machine types that a group brings, in its zones. */
final class ReservationReader {
  private final ComputeCalls calls;
  private final VariantReader variants;

  ReservationReader(ComputeCalls calls, VariantReader variants) {
    this.calls = calls;
    this.variants = variants;
  }

  List<Reservation> read(ManagerId id) {
    InstanceGroupManager manager = calls.manager(id);
    Set<String> types =
        variants.variants(id, manager).stream()
            .map(Variant::instanceType)
            .map(GpuNames::machineType)
            .collect(Collectors.toSet());
    List<Reservation> found = new ArrayList<>();
    for (String zone : VariantReader.zones(id, manager)) {
      for (com.google.cloud.compute.v1.Reservation each : calls.reservations(id.project(), zone)) {
        String type =
            Location.last(each.getSpecificReservation().getInstanceProperties().getMachineType());
        if (types.contains(type)) {
          found.add(reservation(each, type, zone));
        }
      }
    }
    return found;
  }

  private static Reservation reservation(
      com.google.cloud.compute.v1.Reservation each, String type, String zone) {
    AllocationSpecificSKUReservation places = each.getSpecificReservation();
    return new Reservation(
        each.getName(),
        type,
        zone,
        (int) places.getCount(),
        (int) (places.getCount() - places.getInUseCount()),
        each.getStatus().equals("READY"),
        end(each.getDeleteAtTime()));
  }

  private static @Nullable Instant end(String text) {
    try {
      return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }
}
