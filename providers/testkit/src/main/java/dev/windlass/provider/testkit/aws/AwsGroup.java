package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An Auto Scaling group, as a test changes it through {@link FakeAws#alter}. A group of one type
 * and purchase has a launch template alone, another one a mixed instances policy.
 */
public final class AwsGroup {
  final String name;
  final List<Variant> variants;
  final Map<String, AwsMachine> machines = new LinkedHashMap<>();
  final Map<String, Launched> tokens = new TreeMap<>();
  private final List<AwsActivity> activities = new ArrayList<>();

  int min;
  int max;
  int desired;

  /** Its tags. */
  public final Map<String, String> tags = new TreeMap<>();

  /** The processes that are suspended, such as {@code AZRebalance}. */
  public final Set<String> suspended = new TreeSet<>();

  /** Nothing happens in it by itself: it launches, boots and deletes nothing. */
  public boolean frozen;

  /** New machines are launched for spot machines at risk. */
  public boolean capacityRebalance;

  /** A launch configuration in place of a launch template. */
  public boolean launchConfiguration;

  /** The weight of each machine; empty for none. */
  public String weight = "";

  /** New machines wait for a lifecycle hook. */
  public boolean launchHook;

  /** Machines that are deleted wait for a lifecycle hook. */
  public boolean terminateHook;

  /** The types are chosen by requirements and not listed. */
  public boolean byRequirements;

  /** How many machines wait in the warm pool; negative for no pool. */
  public int warmPool = -1;

  /** What the launch template says. */
  public LaunchTemplate template;

  AwsGroup(FakeGroup from) {
    name = from.id();
    variants = from.variants();
    min = from.min();
    max = from.max();
    desired = from.target();
    template = LaunchTemplate.named("lt-" + name);
  }

  /** What a launch brought, kept under its token. */
  record Launched(List<AwsMachine> machines, List<Denial> denials) {
    Launched {
      machines = List.copyOf(machines);
      denials = List.copyOf(denials);
    }
  }

  List<String> zones() {
    return variants.stream().map(Variant::zone).distinct().toList();
  }

  List<String> types() {
    return variants.stream().map(Variant::instanceType).distinct().toList();
  }

  Set<Purchase> purchases() {
    Set<Purchase> purchases = new TreeSet<>();
    variants.forEach(variant -> purchases.add(variant.purchase()));
    return purchases;
  }

  boolean isMixed() {
    return byRequirements || types().size() > 1 || purchases().size() > 1;
  }

  long size() {
    return machines.values().stream().filter(AwsMachine::counts).count();
  }

  void add(AwsActivity activity) {
    activities.removeIf(other -> other.id().equals(activity.id()));
    activities.add(activity);
  }

  /** The activities, the newest first as the service gives them. */
  List<AwsActivity> activities() {
    return activities.stream()
        .sorted(Comparator.comparing(AwsActivity::startedAt).reversed())
        .toList();
  }
}
