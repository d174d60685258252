package dev.windlass.provider.aws;

import dev.windlass.provider.aws.Pages.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.DescribeCapacityReservationsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetInstanceTypesFromInstanceRequirementsResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceRequirementsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.SpotPrice;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;

/** The requests to EC2 in one region. */
final class ComputeCalls implements AutoCloseable {
  /** The service's limit of the values of one filter. */
  static final int MAX_FILTER_VALUES = 200;

  /** The service's limit of machines on a page. */
  static final int MACHINES_ON_PAGE = 1000;

  private static final int TYPES_ON_PAGE = 100;

  private final Ec2Client client;
  private final Caller caller;

  ComputeCalls(Ec2Client client, Predicate<String> budget) {
    this.client = client;
    this.caller = new Caller("ec2", budget);
  }

  /** The machines for which a filter has one of at most 200 values. */
  List<Instance> machines(String filter, Collection<String> values) {
    return Pages.all(token -> {
      DescribeInstancesResponse page =
          caller.read(
              "DescribeInstances",
              "*",
              () ->
                  client.describeInstances(request ->
                      request
                          .filters(filter(filter, values))
                          .maxResults(MACHINES_ON_PAGE)
                          .nextToken(token)));
      return new Page<>(
          page.reservations().stream().flatMap(each -> each.instances().stream()).toList(),
          page.nextToken());
    });
  }

  /** Those of these types that EC2 knows. */
  List<InstanceTypeInfo> types(List<String> names) {
    List<InstanceTypeInfo> found = new ArrayList<>();
    for (int from = 0; from < names.size(); from += TYPES_ON_PAGE) {
      List<String> some = names.subList(from, Math.min(names.size(), from + TYPES_ON_PAGE));
      found.addAll(
          Pages.all(token -> {
            DescribeInstanceTypesResponse page =
                caller.read(
                    "DescribeInstanceTypes",
                    "*",
                    () ->
                        client.describeInstanceTypes(request ->
                            request
                                .filters(filter("instance-type", some))
                                .maxResults(TYPES_ON_PAGE)
                                .nextToken(token)));
            return new Page<>(page.instanceTypes(), page.nextToken());
          }));
    }
    return found;
  }

  /** The names of the types that fit requirements. */
  List<String> typesFor(ArchitectureType architecture, InstanceRequirementsRequest requirements) {
    return Pages.all(token -> {
      GetInstanceTypesFromInstanceRequirementsResponse page =
          caller.read(
              "GetInstanceTypesFromInstanceRequirements",
              "*",
              () ->
                  client.getInstanceTypesFromInstanceRequirements(request ->
                      request
                          .architectureTypes(architecture)
                          .virtualizationTypes(VirtualizationType.HVM)
                          .instanceRequirements(requirements)
                          .nextToken(token)));
      return new Page<>(
          page.instanceTypes().stream().map(each -> each.instanceType()).toList(),
          page.nextToken());
    });
  }

  /** The version of a launch template that a group names. */
  List<LaunchTemplateVersion> template(LaunchTemplateSpecification wanted) {
    String version = wanted.version() == null ? "$Default" : wanted.version();
    String name = wanted.launchTemplateId() == null ? wanted.launchTemplateName() : null;
    return caller
        .read(
            "DescribeLaunchTemplateVersions",
            "launch template "
                + (name == null ? wanted.launchTemplateId() : name)
                + ", version "
                + version,
            () ->
                client.describeLaunchTemplateVersions(request ->
                    request
                        .launchTemplateId(wanted.launchTemplateId())
                        .launchTemplateName(name)
                        .versions(version)))
        .launchTemplateVersions();
  }

  /** An image; empty, or an error of the service, if it is gone. */
  List<Image> images(String id) {
    return caller
        .read(
            "DescribeImages",
            "image " + id,
            () -> client.describeImages(request -> request.imageIds(id)))
        .images();
  }

  /** Capacity reservations by a filter such as {@code instance-type}. */
  List<CapacityReservation> reservations(String filter, Collection<String> values) {
    return Pages.all(token -> {
      DescribeCapacityReservationsResponse page =
          caller.read(
              "DescribeCapacityReservations",
              "*",
              () ->
                  client.describeCapacityReservations(
                      request -> request.filters(filter(filter, values)).nextToken(token)));
      return new Page<>(page.capacityReservations(), page.nextToken());
    });
  }

  /** The spot prices of types for Linux at one time. */
  List<SpotPrice> spotPrices(Collection<String> types, Instant at) {
    return Pages.all(token -> {
      DescribeSpotPriceHistoryResponse page =
          caller.read(
              "DescribeSpotPriceHistory",
              "*",
              () ->
                  client.describeSpotPriceHistory(request ->
                      request
                          .instanceTypesWithStrings(types)
                          .productDescriptions("Linux/UNIX")
                          .startTime(at)
                          .endTime(at)
                          .nextToken(token)));
      return new Page<>(page.spotPriceHistory(), page.nextToken());
    });
  }

  private static Filter filter(String name, Collection<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  @Override
  public void close() {
    client.close();
  }
}
