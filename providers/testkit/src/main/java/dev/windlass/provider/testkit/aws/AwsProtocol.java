package dev.windlass.provider.testkit.aws;

import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.Protocol;
import dev.windlass.provider.testkit.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** AWS's wire protocols: Query and EC2 in XML, JSON, and REST with JSON. */
final class AwsProtocol implements Protocol {
  private static final Set<String> JSON_SERVICES = Set.of("sqs", "eks", "pricing", "servicequotas");

  private final GroupActions groups;
  private final ComputeActions compute;
  private final JsonActions json;
  private final MessageQueue queue;
  private final FakeAws.Settled state;

  AwsProtocol(
      GroupActions groups,
      ComputeActions compute,
      JsonActions json,
      MessageQueue queue,
      FakeAws.Settled state) {
    this.groups = groups;
    this.compute = compute;
    this.json = json;
    this.queue = queue;
    this.state = state;
  }

  @Override
  public Journal.Request read(Incoming incoming) {
    AwsRequest request = AwsRequest.of(incoming);
    List<String> names = request.list("AutoScalingGroupNames.member.");
    String machine = request.text("InstanceId");
    String group =
        !machine.isEmpty()
            ? state.groupOf(machine)
            : names.size() == 1 ? names.getFirst() : request.text("AutoScalingGroupName");
    return request.journalled(group);
  }

  @Override
  public Reply answer(Incoming incoming, Journal.Request read) {
    AwsRequest request = AwsRequest.of(incoming);
    synchronized (state.lock()) {
      state.scaling().settle();
      try {
        Map<String, String> headers =
            Map.of("Content-Type", type(request.service()), "x-amzn-RequestId", Xml.REQUEST_ID);
        Reply reply = new Reply(200, headers, truth(request), true);
        state.scaling().settle();
        return reply;
      } catch (RefusedException refused) {
        return refusal(incoming, new Fault.Refusal(400, refused.code(), refused.words(), Map.of()));
      }
    }
  }

  private String truth(AwsRequest request) {
    return switch (request.service()) {
      case "autoscaling" -> groups.answer(request);
      case "ec2" -> compute.answer(request);
      case "sqs" -> queue.answer(request, state.scaling().now());
      case "eks" -> json.nodegroup(request);
      case "pricing" -> json.products(request);
      case "servicequotas" -> json.quotas(request);
      case "sts" -> Tokens.answer(request, state.scaling().now());
      case String other -> throw new RefusedException("InvalidAction", "no service " + other);
    };
  }

  private static String type(String service) {
    return switch (service) {
      case "sqs" -> "application/x-amz-json-1.0";
      case "pricing", "servicequotas" -> "application/x-amz-json-1.1";
      case "eks" -> "application/json";
      case String _ -> "text/xml";
    };
  }

  @Override
  public Reply refusal(Incoming incoming, Fault.Refusal fault) {
    String service = AwsRequest.of(incoming).service();
    Map<String, String> headers = new HashMap<>(fault.headers());
    headers.put("Content-Type", type(service));
    headers.put("x-amzn-RequestId", Xml.REQUEST_ID);
    if (!JSON_SERVICES.contains(service)) {
      String body = Xml.error(service, fault.status(), fault.code(), fault.message());
      return new Reply(fault.status(), headers, body, false);
    }
    headers.put("x-amzn-ErrorType", fault.code());
    String message = fault.message().replace("\"", "'");
    return new Reply(
        fault.status(),
        headers,
        "{\"__type\":\"" + fault.code() + "\",\"message\":\"" + message + "\"}",
        false);
  }
}
