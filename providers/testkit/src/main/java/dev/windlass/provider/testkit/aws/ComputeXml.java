package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.Purchase;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What EC2 answers of machines, types, templates and prices. */
final class ComputeXml {
  private ComputeXml() {}

  static String machine(ComputeActions.Found found) {
    AwsMachine machine = found.machine();
    return Xml.element("instanceId", machine.id)
        + Xml.element("instanceType", machine.variant.instanceType())
        + Xml.element("launchTime", machine.launchedAt)
        + Xml.wrap("placement", Xml.element("availabilityZone", machine.variant.zone()))
        + Xml.wrap(
            "cpuOptions",
            Xml.element("coreCount", found.vcpus()) + Xml.element("threadsPerCore", 1))
        + (machine.isSpot() ? Xml.element("instanceLifecycle", "spot") : "")
        + (machine.inBlock ? Xml.element("instanceLifecycle", "capacity-block") : "")
        + (machine.reservation.isEmpty()
            ? ""
            : Xml.element("capacityReservationId", machine.reservation))
        + Xml.list("tagSet", "item", List.of(found.group()), ComputeXml::groupTag);
  }

  private static String groupTag(String group) {
    return Xml.element("key", "aws:autoscaling:groupName") + Xml.element("value", group);
  }

  static String type(MachineType type) {
    return Xml.element("instanceType", type.name())
        + Xml.wrap(
            "processorInfo",
            Xml.texts("supportedArchitectures", "item", List.of(type.architecture())))
        + Xml.wrap("vCpuInfo", Xml.element("defaultVCpus", type.vcpus()))
        + Xml.wrap("memoryInfo", Xml.element("sizeInMiB", type.memoryMib()))
        + Xml.wrap("networkInfo", network(type))
        + (type.gpus().count() == 0 ? "" : gpus(type.gpus()));
  }

  private static String network(MachineType type) {
    return Xml.element("maximumNetworkInterfaces", type.interfaces())
        + Xml.element("maximumNetworkCards", 1)
        + Xml.element("defaultNetworkCardIndex", 0)
        + Xml.list(
            "networkCards",
            "item",
            List.of(type),
            each ->
                Xml.element("networkCardIndex", 0)
                    + Xml.element("maximumNetworkInterfaces", each.interfaces()))
        + Xml.element("ipv4AddressesPerInterface", type.addresses());
  }

  private static String gpus(MachineType.Gpus gpus) {
    String device =
        Xml.element("name", gpus.name())
            + Xml.element("manufacturer", "NVIDIA")
            + Xml.element("count", gpus.count())
            + (gpus.part() < 1 ? Xml.element("gpuPartitionSize", gpus.part()) : "")
            + Xml.wrap("memoryInfo", Xml.element("sizeInMiB", gpus.memoryMib()));
    return Xml.wrap(
        "gpuInfo",
        Xml.wrap("gpus", Xml.wrap("item", device))
            + Xml.element("totalGpuMemoryInMiB", gpus.memoryMib() * gpus.count()));
  }

  static String template(AwsGroup group) {
    LaunchTemplate template = group.template;
    String content =
        Xml.element("imageId", template.image())
            + (group.isMixed() ? "" : Xml.element("instanceType", group.types().getFirst()))
            + market(group)
            + reservation(template)
            + Xml.wrap(
                "blockDeviceMappingSet",
                Xml.wrap(
                    "item",
                    Xml.element("deviceName", "/dev/xvda")
                        + Xml.wrap("ebs", Xml.element("volumeSize", template.rootGib()))));
    return Xml.wrap(
        "launchTemplateVersionSet",
        Xml.wrap(
            "item",
            Xml.element("launchTemplateId", template.id())
                + Xml.element("versionNumber", 1)
                + Xml.wrap("launchTemplateData", content)));
  }

  private static String market(AwsGroup group) {
    if (group.template.capacityBlock()) {
      return Xml.wrap("instanceMarketOptions", Xml.element("marketType", "capacity-block"));
    }
    boolean isSpot = !group.isMixed() && group.purchases().contains(Purchase.SPOT);
    return isSpot ? Xml.wrap("instanceMarketOptions", Xml.element("marketType", "spot")) : "";
  }

  private static String reservation(LaunchTemplate template) {
    return template.reservation().isEmpty()
        ? ""
        : Xml.wrap(
            "capacityReservationSpecification",
            Xml.element("capacityReservationPreference", "capacity-reservations-only")
                + Xml.wrap(
                    "capacityReservationTarget",
                    Xml.element("capacityReservationId", template.reservation())));
  }

  static String image(String id) {
    return Xml.element("imageId", id)
        + Xml.element("imageState", "available")
        + Xml.element("architecture", id.contains("arm") ? "arm64" : "x86_64")
        + (id.contains("windows") ? Xml.element("platform", "windows") : "")
        + Xml.element("rootDeviceName", "/dev/xvda");
  }

  static String reservation(AwsReservation reservation) {
    return Xml.element("capacityReservationId", reservation.id())
        + Xml.element("instanceType", reservation.type())
        + Xml.element("availabilityZone", reservation.zone())
        + Xml.element("totalInstanceCount", reservation.total())
        + Xml.element("availableInstanceCount", reservation.available())
        + Xml.element("state", reservation.state())
        + (reservation.endsAt() == null ? "" : Xml.element("endDate", reservation.endsAt()));
  }

  /** A price by {@code type/zone}. */
  static String spotPrice(Map.Entry<String, String> price, Instant at) {
    String[] key = price.getKey().split("/");
    return Xml.element("instanceType", key[0])
        + Xml.element("availabilityZone", key[1])
        + Xml.element("productDescription", "Linux/UNIX")
        + Xml.element("spotPrice", price.getValue())
        + Xml.element("timestamp", at);
  }
}
