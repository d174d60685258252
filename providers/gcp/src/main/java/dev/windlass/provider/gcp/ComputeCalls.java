package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.AggregatedListInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.GetInstanceRequest;
import com.google.cloud.compute.v1.GetInstanceTemplateRequest;
import com.google.cloud.compute.v1.GetMachineTypeRequest;
import com.google.cloud.compute.v1.GetRegionInstanceTemplateRequest;
import com.google.cloud.compute.v1.GetRegionOperationRequest;
import com.google.cloud.compute.v1.GetRegionRequest;
import com.google.cloud.compute.v1.GetZoneOperationRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAggregatedList;
import com.google.cloud.compute.v1.InstanceGroupManagersScopedList;
import com.google.cloud.compute.v1.InstanceList;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.ListInstancesRequest;
import com.google.cloud.compute.v1.ListReservationsRequest;
import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.Region;
import com.google.cloud.compute.v1.Reservation;
import com.google.cloud.compute.v1.ReservationList;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The requests to Compute Engine. The budget is asked before each, pages included; a list throws
 * {@link CallFailedException} unless every page has come, and an answer that lacks what each answer
 * has is none.
 */
final class ComputeCalls {
  private final GcpClients clients;
  private final Requests requests;

  ComputeCalls(GcpClients clients, Requests requests) {
    this.clients = clients;
    this.requests = requests;
  }

  /**
   * The managed groups of a project.
   *
   * @param byId those that were read
   * @param unread zones and regions that did not answer
   */
  record Found(Map<ManagerId, InstanceGroupManager> byId, Set<String> unread) {}

  Found managers(String project) {
    Call call =
        new Call(
            project,
            "",
            "instanceGroupManagers.aggregatedList",
            "compute.instanceGroupManagers.list",
            "projects/" + project);
    List<Map.Entry<String, InstanceGroupManagersScopedList>> scopes =
        Page.all(token -> {
          InstanceGroupManagerAggregatedList page =
              requests.send(call, () -> managersPage(project, token));
          requireKind(call, page.hasKind());
          return new Page<>(
              new ArrayList<>(page.getItemsMap().entrySet()), page.getNextPageToken());
        });
    Map<ManagerId, InstanceGroupManager> found = new LinkedHashMap<>();
    Set<String> unread = new HashSet<>();
    for (Map.Entry<String, InstanceGroupManagersScopedList> scope : scopes) {
      String location = Location.last(scope.getKey());
      if (scope.getValue().getWarning().getCode().equals("UNREACHABLE")) {
        unread.add(location);
      }
      for (InstanceGroupManager each : scope.getValue().getInstanceGroupManagersList()) {
        found.put(new ManagerId(project, location, each.getName()), each);
      }
    }
    return new Found(found, unread);
  }

  private InstanceGroupManagerAggregatedList managersPage(String project, String token) {
    return clients
        .zonal
        .get()
        .aggregatedListCallable()
        .call(
            AggregatedListInstanceGroupManagersRequest.newBuilder()
                .setProject(project)
                .setMaxResults(Page.SIZE)
                .setPageToken(token)
                .setReturnPartialSuccess(true)
                .build());
  }

  InstanceGroupManager manager(ManagerId id) {
    Call call = Call.of(id, "get", "get");
    InstanceGroupManager manager = requests.send(call, () -> managers(id).get(id));
    requireKind(call, manager.hasTargetSize() && manager.getName().equals(id.name()));
    return manager;
  }

  /** Every machine of a group, each once. */
  List<ManagedInstance> machines(ManagerId id) {
    Call call = Call.of(id, "listManagedInstances", "get");
    List<ManagedInstance> all =
        Page.all(token -> requests.send(call, () -> managers(id).machines(id, Page.SIZE, token)));
    Map<String, ManagedInstance> once = new LinkedHashMap<>();
    all.forEach(it -> once.put(it.getInstance(), it));
    return List.copyOf(once.values());
  }

  Operation create(ManagerId id, List<String> names, String requestId) {
    Call call = Call.of(id, "createInstances", "update");
    return accepted(call, requests.send(call, () -> managers(id).create(id, names, requestId)));
  }

  Operation delete(ManagerId id, List<String> links, String requestId) {
    Call call = Call.of(id, "deleteInstances", "update");
    return accepted(call, requests.send(call, () -> managers(id).delete(id, links, requestId)));
  }

  /** An operation is known by its name; a body without one is no answer of the service. */
  static Operation accepted(Call call, Operation operation) {
    if (operation.getName().isEmpty()) {
      throw CallFailedException.uncertain(
          new CloudFailure(Cause.UNKNOWN, call.method() + ": the answer names no operation"));
    }
    return operation;
  }

  Operation operation(String project, String location, String name) {
    boolean regional = Location.isRegion(location);
    Call call =
        Call.of(project, location, regional ? "regionOperations.get" : "zoneOperations.get", name);
    return requests.send(
        call,
        () ->
            regional
                ? clients
                    .regionOperations
                    .get()
                    .getCallable()
                    .call(
                        GetRegionOperationRequest.newBuilder()
                            .setProject(project)
                            .setRegion(location)
                            .setOperation(name)
                            .build())
                : clients
                    .zoneOperations
                    .get()
                    .getCallable()
                    .call(
                        GetZoneOperationRequest.newBuilder()
                            .setProject(project)
                            .setZone(location)
                            .setOperation(name)
                            .build()));
  }

  Instance machine(MachineId id) {
    return requests.send(
        Call.of(id.project(), id.zone(), "instances.get", id.link()),
        () ->
            clients
                .instances
                .get()
                .getCallable()
                .call(
                    GetInstanceRequest.newBuilder()
                        .setProject(id.project())
                        .setZone(id.zone())
                        .setInstance(id.name())
                        .build()));
  }

  /** Every virtual machine of a zone, those of others included. */
  List<Instance> machines(String project, String zone) {
    Call call = Call.of(project, zone, "instances.list", zone(project, zone));
    return Page.all(token -> {
      InstanceList page =
          requests.send(
              call,
              () ->
                  clients
                      .instances
                      .get()
                      .listCallable()
                      .call(
                          ListInstancesRequest.newBuilder()
                              .setProject(project)
                              .setZone(zone)
                              .setMaxResults(Page.SIZE)
                              .setPageToken(token)
                              .build()));
      requireKind(call, page.hasKind());
      return new Page<>(page.getItemsList(), page.getNextPageToken());
    });
  }

  /** The instance template at an address, of a region or of the whole project. */
  InstanceTemplate template(String link) {
    String project = Location.after(link, "projects");
    String region = Location.after(link, "regions");
    String name = Location.last(link);
    boolean regional = !region.isEmpty();
    Call call =
        new Call(
            project,
            region,
            regional ? "regionInstanceTemplates.get" : "instanceTemplates.get",
            "compute.instanceTemplates.get",
            link);
    return requests.send(
        call,
        () ->
            regional
                ? clients
                    .regionalTemplates
                    .get()
                    .getCallable()
                    .call(
                        GetRegionInstanceTemplateRequest.newBuilder()
                            .setProject(project)
                            .setRegion(region)
                            .setInstanceTemplate(name)
                            .build())
                : clients
                    .templates
                    .get()
                    .getCallable()
                    .call(
                        GetInstanceTemplateRequest.newBuilder()
                            .setProject(project)
                            .setInstanceTemplate(name)
                            .build()));
  }

  MachineType machineType(String project, String zone, String name) {
    return requests.send(
        Call.of(project, zone, "machineTypes.get", zone(project, zone) + "/machineTypes/" + name),
        () ->
            clients
                .machineTypes
                .get()
                .getCallable()
                .call(
                    GetMachineTypeRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setMachineType(name)
                        .build()));
  }

  Region region(String project, String region) {
    return requests.send(
        Call.of(project, region, "regions.get", "projects/" + project + "/regions/" + region),
        () ->
            clients
                .regions
                .get()
                .getCallable()
                .call(GetRegionRequest.newBuilder().setProject(project).setRegion(region).build()));
  }

  List<Reservation> reservations(String project, String zone) {
    Call call = Call.of(project, zone, "reservations.list", zone(project, zone));
    return Page.all(token -> {
      ReservationList page =
          requests.send(
              call,
              () ->
                  clients
                      .reservations
                      .get()
                      .listCallable()
                      .call(
                          ListReservationsRequest.newBuilder()
                              .setProject(project)
                              .setZone(zone)
                              .setMaxResults(Page.SIZE)
                              .setPageToken(token)
                              .build()));
      requireKind(call, page.hasKind());
      return new Page<>(page.getItemsList(), page.getNextPageToken());
    });
  }

  private Managers managers(ManagerId id) {
    return id.isRegional() ? new RegionalManagers(clients) : new ZonalManagers(clients);
  }

  private static String zone(String project, String zone) {
    return "projects/" + project + "/zones/" + zone;
  }

  private static void requireKind(Call call, boolean has) {
    if (!has) {
      throw CallFailedException.refused(
          Cause.UNKNOWN, call.method() + ": the answer is not one of Compute Engine");
    }
  }
}
