package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.GetInstanceGroupManagerResizeRequestRequest;
import com.google.cloud.compute.v1.InsertInstanceGroupManagerResizeRequestRequest;
import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequest;
import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequestsListResponse;
import com.google.cloud.compute.v1.ListInstanceGroupManagerResizeRequestsRequest;
import com.google.cloud.compute.v1.Operation;
import dev.windlass.core.model.CloudFailure.Cause;
import java.time.Duration;
import java.util.List;

/** Resize requests: machines that are asked for in the cloud's queue, of zonal groups only. */
final class QueueCalls {
  private static final String PREFIX = "instanceGroupManagerResizeRequests.";

  private final GcpClients clients;
  private final Requests requests;

  QueueCalls(GcpClients clients, Requests requests) {
    this.clients = clients;
    this.requests = requests;
  }

  List<InstanceGroupManagerResizeRequest> list(ManagerId id) {
    requireZonal(id);
    return Page.all(token -> {
      InstanceGroupManagerResizeRequestsListResponse page =
          requests.send(
              call(id, "list", "get"),
              () ->
                  clients
                      .queue
                      .get()
                      .listCallable()
                      .call(
                          ListInstanceGroupManagerResizeRequestsRequest.newBuilder()
                              .setProject(id.project())
                              .setZone(id.location())
                              .setInstanceGroupManager(id.name())
                              .setMaxResults(Page.SIZE)
                              .setPageToken(token)
                              .build()));
      return new Page<>(page.getItemsList(), page.getNextPageToken());
    });
  }

  InstanceGroupManagerResizeRequest get(ManagerId id, String name) {
    return requests.send(
        call(id, "get", "get"),
        () ->
            clients
                .queue
                .get()
                .getCallable()
                .call(
                    GetInstanceGroupManagerResizeRequestRequest.newBuilder()
                        .setProject(id.project())
                        .setZone(id.location())
                        .setInstanceGroupManager(id.name())
                        .setResizeRequest(name)
                        .build()));
  }

  Operation insert(ManagerId id, String name, int resizeBy, Duration run, String requestId) {
    requireZonal(id);
    Call call = call(id, "insert", "update");
    return ComputeCalls.accepted(
        call,
        requests.send(
            call,
            () ->
                clients
                    .queue
                    .get()
                    .insertCallable()
                    .call(
                        InsertInstanceGroupManagerResizeRequestRequest.newBuilder()
                            .setProject(id.project())
                            .setZone(id.location())
                            .setInstanceGroupManager(id.name())
                            .setRequestId(requestId)
                            .setInstanceGroupManagerResizeRequestResource(
                                InstanceGroupManagerResizeRequest.newBuilder()
                                    .setName(name)
                                    .setResizeBy(resizeBy)
                                    .setRequestedRunDuration(seconds(run)))
                            .build())));
  }

  private static com.google.cloud.compute.v1.Duration seconds(Duration run) {
    return com.google.cloud.compute.v1.Duration.newBuilder().setSeconds(run.toSeconds()).build();
  }

  private static void requireZonal(ManagerId id) {
    if (id.isRegional()) {
      throw CallFailedException.refused(
          Cause.CONFIG, "machines are queued for groups of one zone only, not for " + id.path());
    }
  }

  private static Call call(ManagerId id, String method, String right) {
    return new Call(
        id.project(),
        id.region(),
        PREFIX + method,
        "compute.instanceGroupManagers." + right,
        id.path());
  }
}
