package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.CreateInstancesRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.DeleteInstancesRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.GetRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.ListManagedInstancesRegionInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersCreateInstancesRequest;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersDeleteInstancesRequest;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersListInstancesResponse;
import java.util.List;

/** Managed groups that spread over the zones of a region. */
record RegionalManagers(GcpClients clients) implements Managers {
  @Override
  public InstanceGroupManager get(ManagerId id) {
    return clients
        .regional
        .get()
        .getCallable()
        .call(
            GetRegionInstanceGroupManagerRequest.newBuilder()
                .setProject(id.project())
                .setRegion(id.location())
                .setInstanceGroupManager(id.name())
                .build());
  }

  @Override
  public Page<ManagedInstance> machines(ManagerId id, int pageSize, String token) {
    RegionInstanceGroupManagersListInstancesResponse page =
        clients
            .regional
            .get()
            .listManagedInstancesCallable()
            .call(
                ListManagedInstancesRegionInstanceGroupManagersRequest.newBuilder()
                    .setProject(id.project())
                    .setRegion(id.location())
                    .setInstanceGroupManager(id.name())
                    .setMaxResults(pageSize)
                    .setPageToken(token)
                    .build());
    return new Page<>(page.getManagedInstancesList(), page.getNextPageToken());
  }

  @Override
  public Operation create(ManagerId id, List<String> names, String requestId) {
    return clients
        .regional
        .get()
        .createInstancesCallable()
        .call(
            CreateInstancesRegionInstanceGroupManagerRequest.newBuilder()
                .setProject(id.project())
                .setRegion(id.location())
                .setInstanceGroupManager(id.name())
                .setRequestId(requestId)
                .setRegionInstanceGroupManagersCreateInstancesRequestResource(
                    RegionInstanceGroupManagersCreateInstancesRequest.newBuilder()
                        .addAllInstances(ZonalManagers.configs(names)))
                .build());
  }

  @Override
  public Operation delete(ManagerId id, List<String> links, String requestId) {
    return clients
        .regional
        .get()
        .deleteInstancesCallable()
        .call(
            DeleteInstancesRegionInstanceGroupManagerRequest.newBuilder()
                .setProject(id.project())
                .setRegion(id.location())
                .setInstanceGroupManager(id.name())
                .setRequestId(requestId)
                .setRegionInstanceGroupManagersDeleteInstancesRequestResource(
                    RegionInstanceGroupManagersDeleteInstancesRequest.newBuilder()
                        .addAllInstances(links)
                        .setSkipInstancesOnValidationError(true))
                .build());
  }
}
