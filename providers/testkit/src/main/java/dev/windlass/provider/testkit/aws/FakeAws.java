package dev.windlass.provider.testkit.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Auto Scaling and EC2 at one address on loopback. Nothing happens by itself: a test adds and moves
 * machines. Each fault is used up by one request of its action, in the order in which it was
 * scripted; every request is kept in the journal, refused ones included.
 */
public final class FakeAws implements AutoCloseable {
  private final Map<String, FakeGroup> groups = new TreeMap<>();
  private final Map<String, Deque<AwsFault>> faults = new HashMap<>();
  private final Set<String> hidden = new TreeSet<>();
  private final List<AwsRequest> journal = new ArrayList<>();
  private final GroupActions groupActions;
  private final MachineActions machineActions;
  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts without groups.
   *
   * @param pageSize how many activities or machines a page holds at most
   */
  public FakeAws(int pageSize) throws IOException {
    groupActions = new GroupActions(groups, pageSize);
    machineActions = new MachineActions(groups, hidden, pageSize);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create(
        "http://"
            + server.getAddress().getAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort());
  }

  /** Adds a group without machines whose desired capacity is its minimum. */
  public synchronized void addGroup(String name, int min, int max) {
    FakeGroup group = new FakeGroup(name, min, max);
    group.desired = min;
    groups.put(name, group);
  }

  /** Removes a group with its machines. */
  public synchronized void removeGroup(String name) {
    groups.remove(name);
  }

  /** Sets what a person would: the desired capacity. */
  public synchronized void setDesired(String name, int desired) {
    group(name).desired = desired;
  }

  /** The desired capacity. */
  public synchronized int desired(String name) {
    return group(name).desired;
  }

  /** Gives each machine of a group this weight, as a mixed instances policy does. */
  public synchronized void setWeight(String name, String weight) {
    group(name).weight = weight;
  }

  /** Adds a machine, or puts it in the place of the one with its id. */
  public synchronized void put(String name, FakeInstance instance) {
    List<FakeInstance> instances = group(name).instances;
    instances.removeIf(other -> other.id().equals(instance.id()));
    instances.add(instance);
  }

  /** EC2 does not show this machine yet, or does again; its group always shows it. */
  public synchronized void setHidden(String id, boolean isHidden) {
    if (isHidden) {
      hidden.add(id);
    } else {
      hidden.remove(id);
    }
  }

  /** Adds an activity, or puts it in the place of the one with its id. */
  public synchronized void put(String name, FakeActivity activity) {
    group(name).add(activity);
  }

  /** Scripts the answer to the next request of an action that has no answer scripted yet. */
  public synchronized void script(String action, AwsFault fault) {
    faults.computeIfAbsent(action, _ -> new ArrayDeque<>()).add(fault);
  }

  /** Every request so far, the oldest first. */
  public synchronized List<AwsRequest> journal() {
    return List.copyOf(journal);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private FakeGroup group(String name) {
    FakeGroup group = groups.get(name);
    if (group == null) {
      throw new IllegalArgumentException("no group " + name);
    }
    return group;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Answer answer = answer(AwsRequest.parse(service(exchange), form));
      if (answer.equals(Answer.NEVER)) {
        awaitClose();
      } else if (answer.status() > 0) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The service that the request is signed for: {@code Credential=KEY/DATE/REGION/SERVICE/…}. */
  private static String service(HttpExchange exchange) {
    String signature = exchange.getRequestHeaders().getFirst("Authorization");
    String[] scope = signature == null ? new String[0] : signature.split("/");
    return scope.length > 3 ? scope[3] : "";
  }

  private synchronized Answer answer(AwsRequest request) {
    journal.add(request);
    Deque<AwsFault> scripted = faults.getOrDefault(request.action(), new ArrayDeque<>());
    @Nullable AwsFault fault = scripted.poll();
    return switch (fault) {
      case null -> truth(request);
      case AwsFault.Refusal refusal -> Answer.refusal(request.service(), refusal);
      case AwsFault.Html html ->
          new Answer(html.status(), "text/html", "<html><body><h1>Gateway</h1></body></html>");
      case AwsFault.Silence _ -> {
        truth(request);
        yield Answer.NEVER;
      }
      case AwsFault.Cut cut -> {
        if (cut.happened()) {
          truth(request);
        }
        yield Answer.NONE;
      }
    };
  }

  private Answer truth(AwsRequest request) {
    try {
      return Answer.xml(
          200,
          switch (request.service()) {
            case "autoscaling" -> groupActions.answer(request);
            case "ec2" -> machineActions.answer(request);
            case String other -> throw new RefusedException("InvalidAction", "no service " + other);
          });
    } catch (RefusedException refused) {
      return Answer.refusal(request.service(), refused.refusal());
    }
  }

  private record Answer(int status, String type, String body) {
    static final Answer NONE = new Answer(0, "", "");
    static final Answer NEVER = new Answer(-1, "", "");

    static Answer xml(int status, String body) {
      return new Answer(status, "text/xml", body);
    }

    static Answer refusal(String service, AwsFault.Refusal refusal) {
      return xml(refusal.status(), Xml.error(service, refusal));
    }
  }
}
