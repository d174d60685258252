package dev.windlass.provider.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.core.util.FluxUtil;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.fluent.models.CapacityReservationGroupInner;
import com.azure.resourcemanager.compute.fluent.models.CapacityReservationInner;
import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetVMInner;
import com.azure.resourcemanager.compute.models.CapacityReservationGroupInstanceViewTypes;
import com.azure.resourcemanager.compute.models.ExpandTypeForListVMs;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetUpdate;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetVMInstanceRequiredIDs;
import com.azure.resourcemanager.containerservice.fluent.ContainerServiceManagementClient;
import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.models.AgentPoolDeleteMachinesParameter;
import dev.windlass.core.model.CloudFailure.Cause;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The requests of one region. Each throws what {@link ArmErrors} explains. A change answers with
 * the handle of what the cloud goes on doing: its address without the host, or empty.
 */
final class ArmCalls {
  private static final int MAX_PAGES = 200;
  private static final HttpHeaderName ASYNC = HttpHeaderName.fromString("Azure-AsyncOperation");

  private final ComputeManagementClient compute;
  private final ContainerServiceManagementClient containers;
  private final HttpPipeline pipeline;
  private final URI endpoint;
  private final String region;

  ArmCalls(
      ComputeManagementClient compute,
      ContainerServiceManagementClient containers,
      HttpPipeline pipeline,
      URI endpoint,
      String region) {
    this.compute = compute;
    this.containers = containers;
    this.pipeline = pipeline;
    this.endpoint = endpoint;
    this.region = region;
  }

  String region() {
    return region;
  }

  Listing<VirtualMachineScaleSetInner> sets(String resourceGroup) {
    return partial(
        compute
            .getVirtualMachineScaleSets()
            .listByResourceGroup(resourceGroup, named("VirtualMachineScaleSets_List")));
  }

  List<VirtualMachineScaleSetInner> allSets() {
    return all(compute.getVirtualMachineScaleSets().list(named("VirtualMachineScaleSets_ListAll")));
  }

  VirtualMachineScaleSetInner set(String resourceGroup, String name) {
    return value(
        compute
            .getVirtualMachineScaleSets()
            .getByResourceGroupWithResponse(
                resourceGroup, name, null, named("VirtualMachineScaleSets_Get")));
  }

  List<VirtualMachineScaleSetVMInner> instances(String resourceGroup, String set) {
    return all(
        compute
            .getVirtualMachineScaleSetVMs()
            .list(
                resourceGroup,
                set,
                null,
                null,
                "instanceView",
                named("VirtualMachineScaleSetVMs_List")));
  }

  List<VirtualMachineInner> machines(String resourceGroup, String setId) {
    return all(
        compute
            .getVirtualMachines()
            .listByResourceGroup(
                resourceGroup,
                "'virtualMachineScaleSet/id' eq '" + setId + "'",
                ExpandTypeForListVMs.INSTANCE_VIEW,
                named("VirtualMachines_List")));
  }

  String update(
      String resourceGroup, String name, VirtualMachineScaleSetUpdate change, String etag) {
    return handle(
        compute
            .getVirtualMachineScaleSets()
            .updateWithResponseAsync(resourceGroup, name, change, etag, null),
        "VirtualMachineScaleSets_Update");
  }

  String deleteInstances(String resourceGroup, String name, List<String> ids) {
    return handle(
        compute
            .getVirtualMachineScaleSets()
            .deleteInstancesWithResponseAsync(
                resourceGroup,
                name,
                new VirtualMachineScaleSetVMInstanceRequiredIDs().withInstanceIds(ids),
                null),
        "VirtualMachineScaleSets_DeleteInstances");
  }

  List<UsageInner> usages() {
    return all(compute.getUsages().list(region, named("Usage_List")));
  }

  List<ResourceSkuInner> skus() {
    return all(
        compute
            .getResourceSkus()
            .list("location eq '" + region + "'", null, named("ResourceSkus_List")));
  }

  CapacityReservationGroupInner reservationGroup(String resourceGroup, String name) {
    return value(
        compute
            .getCapacityReservationGroups()
            .getByResourceGroupWithResponse(
                resourceGroup,
                name,
                CapacityReservationGroupInstanceViewTypes.INSTANCE_VIEW,
                named("CapacityReservationGroups_Get")));
  }

  List<CapacityReservationInner> reservations(String resourceGroup, String group) {
    return all(
        compute
            .getCapacityReservations()
            .listByCapacityReservationGroup(
                resourceGroup,
                group,
                named("CapacityReservations_ListByCapacityReservationGroup")));
  }

  ManagedClusterInner cluster(String resourceGroup, String name) {
    return value(
        containers
            .getManagedClusters()
            .getByResourceGroupWithResponse(resourceGroup, name, named("ManagedClusters_Get")));
  }

  Listing<AgentPoolInner> pools(String resourceGroup, String cluster) {
    return partial(
        containers.getAgentPools().list(resourceGroup, cluster, named("AgentPools_List")));
  }

  AgentPoolInner pool(GroupId.Pool id) {
    return value(
        block(
            containers
                .getAgentPools()
                .getWithResponseAsync(id.resourceGroup(), id.cluster(), id.name()),
            "AgentPools_Get"));
  }

  String putPool(GroupId.Pool id, AgentPoolInner pool, String etag) {
    return handle(
        containers
            .getAgentPools()
            .createOrUpdateWithResponseAsync(
                id.resourceGroup(), id.cluster(), id.name(), pool, etag, null),
        "AgentPools_CreateOrUpdate");
  }

  String deleteMachines(GroupId.Pool id, List<String> names) {
    return handle(
        containers
            .getAgentPools()
            .deleteMachinesWithResponseAsync(
                id.resourceGroup(),
                id.cluster(),
                id.name(),
                new AgentPoolDeleteMachinesParameter().withMachineNames(names)),
        "AgentPools_DeleteMachines");
  }

  /** An operation's document as text, and the status that it came with. */
  Operation operation(String handle) {
    HttpRequest request = new HttpRequest(HttpMethod.GET, endpoint + handle);
    String method =
        handle.contains("/Microsoft.ContainerService/") ? "PoolOperations_Get" : "Operations_Get";
    try (HttpResponse response = pipeline.sendSync(request, named(method))) {
      String body = response.getBodyAsBinaryData().toString();
      return new Operation(response.getStatusCode(), body == null ? "" : body);
    }
  }

  /** An answer to {@link #operation}. */
  record Operation(int status, String body) {}

  /**
   * What pages brought.
   *
   * @param items what came
   * @param broken why the rest did not, or null if all came
   */
  record Listing<T>(List<T> items, @Nullable RuntimeException broken) {
    List<T> all() {
      if (broken != null) {
        throw broken;
      }
      return items;
    }
  }

  private static <T> List<T> all(PagedIterable<T> pages) {
    return partial(pages).all();
  }

  private static <T> Listing<T> partial(PagedIterable<T> pages) {
    List<T> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try {
      for (PagedResponse<T> page : pages.iterableByPage()) {
        items.addAll(page.getValue());
        String next = page.getContinuationToken();
        if (next != null && (!seen.add(next) || seen.size() > MAX_PAGES)) {
          throw new CallFailedException(
              Cause.TRANSIENT, "Azure repeats a page, or has more than " + MAX_PAGES);
        }
      }
      return new Listing<>(items, null);
    } catch (RuntimeException broken) {
      return new Listing<>(items, broken);
    }
  }

  private static <T> T value(@Nullable Response<T> response) {
    if (response == null || response.getValue() == null) {
      throw new CallFailedException(Cause.UNKNOWN, "an empty answer from Azure");
    }
    return response.getValue();
  }

  private String handle(Mono<Response<Flux<java.nio.ByteBuffer>>> call, String method) {
    Response<Flux<java.nio.ByteBuffer>> response = block(call, method);
    response.getValue().blockLast();
    String address = response.getHeaders().getValue(ASYNC);
    if (address == null) {
      address = response.getHeaders().getValue(HttpHeaderName.LOCATION);
    }
    if (address == null) {
      return "";
    }
    URI uri = URI.create(address);
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private <T> T block(Mono<T> call, String method) {
    T answer = call.contextWrite(FluxUtil.toReactorContext(named(method))).block();
    if (answer == null) {
      throw new CallFailedException(Cause.UNKNOWN, "an empty answer from Azure");
    }
    return answer;
  }

  private Context named(String method) {
    return new Context(Pipelines.CALL, new Pipelines.Call(region, method));
  }
}
