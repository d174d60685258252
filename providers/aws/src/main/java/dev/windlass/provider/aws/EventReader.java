package dev.windlass.provider.aws;

import dev.windlass.provider.spi.Notices.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events that EventBridge sends of machines. */
final class EventReader {
  private static final Duration SPOT_NOTICE = Duration.ofMinutes(2);
  private static final Duration BLOCK_CLEARED = Duration.ofMinutes(30);
  private static final Duration BLOCK_WARNING = Duration.ofMinutes(10);
  private static final Set<String> LEAVING =
      Set.of("stopping", "stopped", "shutting-down", "terminated");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventReader() {}

  /**
   * What an event says.
   *
   * @param kind what will happen
   * @param machines the EC2 ids of the machines
   * @param reservation the reservation whose machines are meant in place of those; empty for none
   * @param deadline when, or null
   * @param time when it was said, as it is written
   */
  record Event(
      Kind kind,
      List<String> machines,
      String reservation,
      @Nullable Instant deadline,
      String time) {
    Event {
      machines = List.copyOf(machines);
    }
  }

  /**
   * Reads a message: one event, or none if it is about something else. Throws {@link
   * IllegalArgumentException} for what is no event.
   */
  static List<Event> read(String body) {
    JsonNode event = parse(body);
    String type = event.path("detail-type").asString("");
    String time = event.path("time").asString("");
    JsonNode detail = event.path("detail");
    if (type.isEmpty() || time.isEmpty() || !detail.isObject()) {
      throw new IllegalArgumentException("no event of EventBridge");
    }
    Instant at = instant(time);
    return switch (type) {
      case "EC2 Spot Instance Interruption Warning",
          "EC2 Capacity Reservation Instance Interruption Warning" ->
          List.of(ofMachine(Kind.INTERRUPTION, detail, at.plus(SPOT_NOTICE), time));
      case "EC2 Instance Rebalance Recommendation" ->
          List.of(ofMachine(Kind.REBALANCE, detail, null, time));
      case "EC2 Instance State-change Notification" ->
          LEAVING.contains(detail.path("state").asString(""))
              ? List.of(ofMachine(Kind.STATE_CHANGE, detail, at, time))
              : List.of();
      case "AWS Health Event" -> health(detail, time);
      case "Capacity Block Expiration Warning", "Capacity Block Reservation Expiration Warning" ->
          List.of(blockEnd(detail, at, time));
      case String _ -> List.of();
    };
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("no JSON", malformed);
    }
  }

  private static Event ofMachine(
      Kind kind, JsonNode detail, @Nullable Instant deadline, String time) {
    String machine = detail.path("instance-id").asString("");
    if (machine.isEmpty()) {
      throw new IllegalArgumentException("an event of no machine");
    }
    return new Event(kind, List.of(machine), "", deadline, time);
  }

  /** Scheduled changes of machines; other health events are not about one that will go. */
  private static List<Event> health(JsonNode detail, String time) {
    boolean isChange =
        detail.path("service").asString("").equals("EC2")
            && detail.path("eventTypeCategory").asString("").equals("scheduledChange");
    List<String> machines = new ArrayList<>();
    for (JsonNode entity : detail.path("affectedEntities")) {
      String machine = entity.path("entityValue").asString("");
      if (machine.startsWith("i-")) {
        machines.add(machine);
      }
    }
    if (!isChange || machines.isEmpty()) {
      return List.of();
    }
    String start = detail.path("startTime").asString("");
    Instant deadline = start.isEmpty() ? null : instant(start);
    return List.of(new Event(Kind.MAINTENANCE, machines, "", deadline, time));
  }

  /** The end is in the event, or follows from when such events are sent. */
  private static Event blockEnd(JsonNode detail, Instant at, String time) {
    String reservation = detail.path("capacity-reservation-id").asString("");
    if (reservation.isEmpty()) {
      throw new IllegalArgumentException("the end of no capacity block");
    }
    String end = detail.path("end-date").asString("");
    Instant deadline = end.isEmpty() ? at.plus(BLOCK_WARNING) : instant(end).minus(BLOCK_CLEARED);
    return new Event(Kind.RESERVATION_END, List.of(), reservation, deadline, time);
  }

  /** Events have ISO 8601 times, health events those of HTTP. */
  private static Instant instant(String text) {
    try {
      return text.contains(",")
          ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException malformed) {
      throw new IllegalArgumentException("no time: " + text, malformed);
    }
  }
}
