package dev.windlass.provider.aws;

import dev.windlass.provider.spi.CloudOutcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/** The requests to one queue of SQS. */
final class QueueCalls implements AutoCloseable {
  static final int AT_ONCE = 10;

  /** Long enough to save requests, short enough to end before any time limit. */
  private static final int WAIT_SECONDS = 4;

  private final SqsClient client;
  private final Caller caller;
  private final String name;
  private final AtomicReference<String> url = new AtomicReference<>("");

  QueueCalls(SqsClient client, Predicate<String> budget, String name) {
    this.client = client;
    this.caller = new Caller("sqs", budget);
    this.name = name;
  }

  /** Messages; waits for the first if there is none. */
  List<Message> receive() {
    String at = url();
    return caller
        .read(
            "ReceiveMessage",
            resource(),
            () ->
                client.receiveMessage(request ->
                    request
                        .queueUrl(at)
                        .maxNumberOfMessages(AT_ONCE)
                        .waitTimeSeconds(WAIT_SECONDS)))
        .messages();
  }

  /** Deletes one message. */
  CloudOutcome<DeleteMessageResponse> delete(String receipt) {
    String at = url();
    return caller.change(
        "DeleteMessage",
        resource(),
        () -> client.deleteMessage(request -> request.queueUrl(at).receiptHandle(receipt)));
  }

  private String url() {
    if (url.get().isEmpty()) {
      url.set(
          caller
              .read(
                  "GetQueueUrl",
                  resource(),
                  () -> client.getQueueUrl(request -> request.queueName(name)))
              .queueUrl());
    }
    return url.get();
  }

  private String resource() {
    return "queue " + name;
  }

  @Override
  public void close() {
    client.close();
  }
}
