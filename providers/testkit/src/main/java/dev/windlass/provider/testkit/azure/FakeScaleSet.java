package dev.windlass.provider.testkit.azure;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A scale set, and the AKS node pool that it belongs to, if any. */
final class FakeScaleSet {
  static final String SUBSCRIPTION = "0f0f0f0f-0000-4000-8000-00000000c10d";
  static final String LOCATION = "eastus";

  static final String RESOURCE_GROUP = "workers";

  /** As a NodeGroup refers to it: two parts, or three for a node pool; one for the usual group. */
  final String cloudId;

  final String resourceGroup;
  final String name;
  final boolean flexible;
  final List<Variant> variants;
  final Map<String, String> tags = new TreeMap<>();
  final List<FakeVm> vms = new ArrayList<>();

  /** What it tried in vain. */
  final Set<Variant> foundDry = new HashSet<>();

  boolean zoneBalance;
  boolean overprovision;
  int capacity;
  String reservationGroup = "";
  @Nullable FakeOperation current;
  boolean lastFailed;
  private int version = 1;
  private int nextId;

  FakeScaleSet(String cloudId, boolean flexible, List<Variant> variants) {
    String[] parts = cloudId.split("/", -1);
    this.cloudId = cloudId;
    this.resourceGroup =
        switch (parts.length) {
          case 1 -> RESOURCE_GROUP;
          case 2 -> parts[0];
          default -> "MC_" + parts[0] + "_" + parts[1] + "_" + LOCATION;
        };
    this.name = parts.length == 3 ? "aks-" + parts[2] + "-12345678-vmss" : parts[parts.length - 1];
    this.flexible = flexible;
    this.variants = List.copyOf(variants);
  }

  boolean isPool() {
    return cloudId.split("/", -1).length == 3;
  }

  /** The cluster's id as resource group and name; empty for a set of its own. */
  String cluster() {
    return isPool() ? cloudId.substring(0, cloudId.lastIndexOf('/')) : "";
  }

  String etag() {
    return "\"" + version + "\"";
  }

  void touch() {
    version++;
  }

  /** Identifiers of a new machine: they rise, and none comes twice. */
  FakeVm newVm(Variant variant, Instant now, Instant readyAt) {
    int number = nextId++;
    String id =
        flexible ? name + "_" + String.format("%08x", 0x9e3779b9 * (number + 1)) : "" + number;
    return new FakeVm(id, vmId(number), variant, now, readyAt);
  }

  private String vmId(int number) {
    return String.format("%08x-0000-4000-8000-%012x", cloudId.hashCode(), number);
  }

  String provisioningState() {
    return current != null ? "Updating" : lastFailed ? "Failed" : "Succeeded";
  }

  boolean isSpot() {
    return variants.stream().allMatch(each -> each.purchase() == Purchase.SPOT);
  }

  List<String> zones() {
    return variants.stream()
        .map(Variant::zone)
        .filter(zone -> zone.contains("-"))
        .map(zone -> zone.substring(zone.lastIndexOf('-') + 1))
        .distinct()
        .toList();
  }

  /** What a machine's Node names it by. */
  String providerId(FakeVm vm) {
    String path =
        flexible
            ? "/virtualMachines/" + vm.id
            : "/virtualMachineScaleSets/" + name + "/virtualMachines/" + vm.id;
    return ("azure://" + prefix(resourceGroup) + "/providers/Microsoft.Compute" + path)
        .toLowerCase(Locale.ROOT);
  }

  /** The computer's name, which AKS calls its machine by. */
  String computerName(FakeVm vm) {
    return flexible ? vm.id : name + String.format("%06d", Integer.parseInt(vm.id));
  }

  /** Those that the set would take if it had to shrink: the youngest. */
  List<FakeVm> victims(int count) {
    return vms.stream()
        .filter(vm -> vm.status != FakeVm.Status.DELETING && !vm.protectedFromScaleIn)
        .sorted(Comparator.comparing((FakeVm vm) -> vm.vmId).reversed())
        .limit(count)
        .toList();
  }

  long alive() {
    return vms.stream().filter(vm -> vm.status != FakeVm.Status.DELETING).count();
  }

  static String prefix(String resourceGroup) {
    return "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/" + resourceGroup;
  }
}
