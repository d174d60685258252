package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.CreateInstancesInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.DeleteInstancesInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.GetInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagersCreateInstancesRequest;
import com.google.cloud.compute.v1.InstanceGroupManagersDeleteInstancesRequest;
import com.google.cloud.compute.v1.InstanceGroupManagersListManagedInstancesResponse;
import com.google.cloud.compute.v1.ListManagedInstancesInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PerInstanceConfig;
import java.util.List;

/** Managed groups of one zone. */
record ZonalManagers(GcpClients clients) implements Managers {
  @Override
  public InstanceGroupManager get(ManagerId id) {
    return clients
        .zonal
        .get()
        .getCallable()
        .call(
            GetInstanceGroupManagerRequest.newBuilder()
                .setProject(id.project())
                .setZone(id.location())
                .setInstanceGroupManager(id.name())
                .build());
  }

  @Override
  public Page<ManagedInstance> machines(ManagerId id, int pageSize, String token) {
    InstanceGroupManagersListManagedInstancesResponse page =
        clients
            .zonal
            .get()
            .listManagedInstancesCallable()
            .call(
                ListManagedInstancesInstanceGroupManagersRequest.newBuilder()
                    .setProject(id.project())
                    .setZone(id.location())
                    .setInstanceGroupManager(id.name())
                    .setMaxResults(pageSize)
                    .setPageToken(token)
                    .build());
    return new Page<>(page.getManagedInstancesList(), page.getNextPageToken());
  }

  @Override
  public Operation create(ManagerId id, List<String> names, String requestId) {
    return clients
        .zonal
        .get()
        .createInstancesCallable()
        .call(
            CreateInstancesInstanceGroupManagerRequest.newBuilder()
                .setProject(id.project())
                .setZone(id.location())
                .setInstanceGroupManager(id.name())
                .setRequestId(requestId)
                .setInstanceGroupManagersCreateInstancesRequestResource(
                    InstanceGroupManagersCreateInstancesRequest.newBuilder()
                        .addAllInstances(configs(names)))
                .build());
  }

  @Override
  public Operation delete(ManagerId id, List<String> links, String requestId) {
    return clients
        .zonal
        .get()
        .deleteInstancesCallable()
        .call(
            DeleteInstancesInstanceGroupManagerRequest.newBuilder()
                .setProject(id.project())
                .setZone(id.location())
                .setInstanceGroupManager(id.name())
                .setRequestId(requestId)
                .setInstanceGroupManagersDeleteInstancesRequestResource(
                    InstanceGroupManagersDeleteInstancesRequest.newBuilder()
                        .addAllInstances(links)
                        .setSkipInstancesOnValidationError(true))
                .build());
  }

  static List<PerInstanceConfig> configs(List<String> names) {
    return names.stream().map(it -> PerInstanceConfig.newBuilder().setName(it).build()).toList();
  }
}
