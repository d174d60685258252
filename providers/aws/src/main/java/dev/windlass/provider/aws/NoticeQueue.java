package dev.windlass.provider.aws;

import dev.windlass.provider.aws.EventReader.Event;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Notices.Notice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Notices from a queue. A message stays in the queue until all of its notices are settled; one that
 * cannot be read is taken from the queue and kept here for a person to see.
 */
final class NoticeQueue {
  private static final int PARKED = 20;
  private static final int ROUNDS = 10;

  private final QueueCalls queue;
  private final RegionCalls region;
  private final Function<String, String> providerId;
  private final Map<String, Set<String>> unsettled = new HashMap<>();
  private final Map<String, String> receipts = new HashMap<>();
  private final Deque<String> parked = new ArrayDeque<>();

  /** Names machines by a function that knows the zone of some; empty for others. */
  NoticeQueue(QueueCalls queue, RegionCalls region, Function<String, String> providerId) {
    this.queue = queue;
    this.region = region;
    this.providerId = providerId;
  }

  /** Receives until the queue gives a page that is not full; copies of one notice are one. */
  synchronized List<Notice> receive() {
    Map<String, Notice> notices = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Message> page = queue.receive();
      page.forEach(message -> read(message, notices));
      if (page.size() < QueueCalls.AT_ONCE) {
        break;
      }
    }
    return List.copyOf(notices.values());
  }

  private void read(Message message, Map<String, Notice> notices) {
    List<Notice> found = new ArrayList<>();
    try {
      EventReader.read(message.body()).forEach(event -> found.addAll(notices(event)));
    } catch (IllegalArgumentException malformed) {
      park(message.body());
    }
    if (found.isEmpty()) {
      queue.delete(message.receiptHandle());
      return;
    }
    Set<String> keys = new HashSet<>();
    for (Notice notice : found) {
      notices.putIfAbsent(notice.key(), notice);
      keys.add(notice.key());
    }
    unsettled.put(message.messageId(), keys);
    receipts.put(message.messageId(), message.receiptHandle());
  }

  private List<Notice> notices(Event event) {
    return machines(event).stream().map(machine -> notice(event, machine)).toList();
  }

  private Notice notice(Event event, String machine) {
    String key = event.kind() + ":" + machine + ":" + event.time();
    return new Notice(key, providerId.apply(machine), machine, event.kind(), event.deadline());
  }

  private List<String> machines(Event event) {
    return event.reservation().isEmpty()
        ? event.machines()
        : region.compute().machines("capacity-reservation-id", Set.of(event.reservation())).stream()
            .map(Instance::instanceId)
            .toList();
  }

  private void park(String body) {
    parked.addLast(body);
    if (parked.size() > PARKED) {
      parked.removeFirst();
    }
  }

  /** The latest messages that could not be read. */
  synchronized List<String> parked() {
    return List.copyOf(parked);
  }

  /** Deletes the messages of which no notice is open any more, and counts them. */
  synchronized CloudOutcome<Integer> settle(List<Notice> settled) {
    List<String> keys = settled.stream().map(Notice::key).toList();
    unsettled.values().forEach(open -> open.removeAll(keys));
    List<String> done =
        unsettled.entrySet().stream()
            .filter(each -> each.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    for (String message : done) {
      CloudOutcome<DeleteMessageResponse> answer = queue.delete(receipts.getOrDefault(message, ""));
      if (!(answer instanceof CloudOutcome.Done<DeleteMessageResponse>)) {
        return answer.map(_ -> done.size());
      }
      unsettled.remove(message);
      receipts.remove(message);
    }
    return new CloudOutcome.Done<>(done.size());
  }
}
