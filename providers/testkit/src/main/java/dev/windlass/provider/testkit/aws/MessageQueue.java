package dev.windlass.provider.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One queue of SQS. A message that was received is not given out again for twenty seconds. */
final class MessageQueue {
  private static final Duration INVISIBLE = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Message> messages = new ArrayList<>();
  private final String url;
  private int last;

  MessageQueue(String url) {
    this.url = url;
  }

  private static final class Message {
    private final int number;
    private final String body;
    private Instant visibleAt = Instant.MIN;
    private int received;

    Message(int number, String body) {
      this.number = number;
      this.body = body;
    }

    private String receipt() {
      return "receipt-" + number + "-" + received;
    }

    private Map<String, Object> view() {
      return Map.of(
          "MessageId",
          "m-" + number,
          "ReceiptHandle",
          receipt(),
          "MD5OfBody",
          md5(body),
          "Body",
          body);
    }
  }

  /** The checksum that the SDK compares. */
  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has MD5", missing);
    }
  }

  void add(String body) {
    last++;
    messages.add(new Message(last, body));
  }

  int size() {
    return messages.size();
  }

  String answer(AwsRequest request, Instant now) {
    Object answer =
        switch (request.action()) {
          case "GetQueueUrl" -> url(request);
          case "ReceiveMessage" -> receive(request, now);
          case "DeleteMessage" -> delete(request);
          case String other ->
              throw new RefusedException("com.amazonaws.sqs#UnsupportedOperation", other);
        };
    return JSON.writeValueAsString(answer);
  }

  private Map<String, String> url(AwsRequest request) {
    if (!url.endsWith("/" + request.text("QueueName"))) {
      throw new RefusedException(
          "com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");
    }
    return Map.of("QueueUrl", url);
  }

  private Map<String, Object> receive(AwsRequest request, Instant now) {
    List<Map<String, Object>> page = new ArrayList<>();
    for (Message message : messages) {
      if (page.size() < request.number("MaxNumberOfMessages", 1)
          && !message.visibleAt.isAfter(now)) {
        message.visibleAt = now.plus(INVISIBLE);
        message.received++;
        page.add(message.view());
      }
    }
    return Map.of("Messages", page);
  }

  private Map<String, Object> delete(AwsRequest request) {
    String number = request.text("ReceiptHandle").split("-")[1];
    messages.removeIf(message -> number.equals("" + message.number));
    return Map.of();
  }
}
