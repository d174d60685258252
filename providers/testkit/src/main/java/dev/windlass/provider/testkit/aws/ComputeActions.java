package dev.windlass.provider.testkit.aws;

import dev.windlass.provider.testkit.aws.AwsRequest.Page;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** EC2's methods. */
final class ComputeActions {
  private static final String FILTER_VALUE = ".Value.";

  final Map<String, MachineType> types = new TreeMap<>(MachineType.usual());
  final Map<String, AwsReservation> reservations = new TreeMap<>();

  /** The spot price of a type in a zone, in dollars, by {@code type/zone}. */
  final Map<String, String> spotPrices = new TreeMap<>();

  private final Scaling scaling;
  private final Sight sight;

  ComputeActions(Scaling scaling, Sight sight) {
    this.scaling = scaling;
    this.sight = sight;
  }

  String answer(AwsRequest request) {
    String result =
        switch (request.action()) {
          case "DescribeInstances" -> machines(request);
          case "DescribeInstanceTypes" -> types(request);
          case "GetInstanceTypesFromInstanceRequirements" -> typesByRequirements(request);
          case "DescribeLaunchTemplateVersions" -> template(request);
          case "DescribeImages" -> images(request);
          case "DescribeCapacityReservations" -> reservations(request);
          case "DescribeSpotPriceHistory" -> spotPrices(request);
          case String other -> throw new RefusedException("InvalidAction", "no action " + other);
        };
    return Xml.ec2Answer(request.action(), result);
  }

  private String machines(AwsRequest request) {
    Map<String, List<String>> filters = request.filters("Filter.", FILTER_VALUE);
    if (filters.isEmpty() || filters.values().stream().anyMatch(values -> values.size() > 200)) {
      throw new RefusedException("InvalidParameterValue", "filters of at most 200 values");
    }
    List<Found> found =
        scaling.groups.values().stream()
            .flatMap(group -> sight.ofCompute(group).map(each -> found(each, group)))
            .filter(each -> filters.entrySet().stream().allMatch(filter -> fits(each, filter)))
            .toList();
    int size = Math.min(request.number("MaxResults", 1000), sight.machinesOnPage);
    Page<Found> page = request.page(found, size);
    return Xml.list(
            "reservationSet",
            "item",
            page.items(),
            each -> Xml.list("instancesSet", "item", List.of(each), ComputeXml::machine))
        + page.token("nextToken");
  }

  /** A machine with the name of its group and its type. */
  record Found(AwsMachine machine, String group, int vcpus) {}

  private Found found(AwsMachine machine, AwsGroup group) {
    MachineType type = types.get(machine.variant.instanceType());
    return new Found(machine, group.name, type == null ? 2 : type.vcpus());
  }

  private static boolean fits(Found found, Map.Entry<String, List<String>> filter) {
    return switch (filter.getKey()) {
      case "instance-id" -> filter.getValue().contains(found.machine.id);
      case "tag:aws:autoscaling:groupName" -> filter.getValue().contains(found.group);
      case "capacity-reservation-id" -> filter.getValue().contains(found.machine.reservation);
      case "instance-state-name" -> filter.getValue().contains(state(found.machine));
      case String other -> throw new RefusedException("InvalidParameterValue", "filter " + other);
    };
  }

  private static String state(AwsMachine machine) {
    return machine.isLeaving()
        ? "shutting-down"
        : machine.state.startsWith(AwsMachine.PENDING) ? "pending" : "running";
  }

  private String types(AwsRequest request) {
    List<String> asked =
        request.filters("Filter.", FILTER_VALUE).getOrDefault("instance-type", List.of());
    List<MachineType> known =
        types.values().stream().filter(type -> asked.contains(type.name())).toList();
    Page<MachineType> page = request.page(known, request.number("MaxResults", 100));
    return Xml.list("instanceTypeSet", "item", page.items(), ComputeXml::type)
        + page.token("nextToken");
  }

  private String typesByRequirements(AwsRequest request) {
    int least = request.number("InstanceRequirements.VCpuCount.Min", 0);
    List<MachineType> fitting =
        types.values().stream()
            .filter(type -> type.vcpus() >= least && type.gpus().count() == 0)
            .toList();
    Page<MachineType> page = request.page(fitting, 4);
    return Xml.list(
            "instanceTypeSet",
            "item",
            page.items(),
            type -> Xml.element("instanceType", type.name()))
        + page.token("nextToken");
  }

  private String template(AwsRequest request) {
    String id = request.text("LaunchTemplateId");
    return scaling.groups.values().stream()
        .filter(group -> group.template.id().equals(id))
        .findFirst()
        .map(ComputeXml::template)
        .orElseThrow(() ->
            new RefusedException(
                "InvalidLaunchTemplateId.NotFound",
                "The specified launch template, with template ID " + id + ", does not exist."));
  }

  private static String images(AwsRequest request) {
    List<String> found =
        request.list("ImageId.").stream().filter(id -> !id.startsWith("ami-gone")).toList();
    if (found.size() < request.list("ImageId.").size()) {
      throw new RefusedException(
          "InvalidAMIID.NotFound",
          "The image id '" + request.list("ImageId.") + "' does not exist");
    }
    return Xml.list("imagesSet", "item", found, ComputeXml::image);
  }

  private String reservations(AwsRequest request) {
    Map<String, List<String>> filters = request.filters("Filter.", FILTER_VALUE);
    List<String> ids = request.list("CapacityReservationId.");
    List<String> ofTypes = filters.getOrDefault("instance-type", List.of());
    List<AwsReservation> found =
        reservations.values().stream()
            .filter(each -> ids.isEmpty() || ids.contains(each.id()))
            .filter(each -> ofTypes.isEmpty() || ofTypes.contains(each.type()))
            .toList();
    Page<AwsReservation> page = request.page(found, 2);
    return Xml.list("capacityReservationSet", "item", page.items(), ComputeXml::reservation)
        + page.token("nextToken");
  }

  private String spotPrices(AwsRequest request) {
    List<String> asked = request.list("InstanceType.");
    List<Map.Entry<String, String>> found =
        spotPrices.entrySet().stream()
            .filter(price -> asked.contains(price.getKey().split("/")[0]))
            .toList();
    Page<Map.Entry<String, String>> page = request.page(found, 2);
    return Xml.list(
            "spotPriceHistorySet",
            "item",
            page.items(),
            price -> ComputeXml.spotPrice(price, scaling.now()))
        + page.token("nextToken");
  }
}
