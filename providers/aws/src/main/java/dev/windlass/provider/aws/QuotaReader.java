package dev.windlass.provider.aws;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Quotas.Quota;
import dev.windlass.provider.spi.Quotas.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/**
 * The limits that a group's machines count against. Service Quotas says how many vCPUs there may
 * be; how many there are is counted over every machine of the region, those of others included;
 * capacity blocks have limits of their own. A region is read once in five minutes, whichever of its
 * groups asks.
 */
final class QuotaReader {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final String STATE = "instance-state-name";
  private static final List<String> COUNTED = List.of("pending", "running");

  private final InstantSource clock;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  private record Reading(
      Instant at, Map<String, ServiceQuota> limits, Map<VcpuLimit, Long> running) {}

  QuotaReader(InstantSource clock) {
    this.clock = clock;
  }

  List<Quota> read(GroupReference group, RegionCalls calls) {
    List<Variant> variants = group.offerings().stream().map(Offering::variant).toList();
    List<VcpuLimit> concerned =
        VcpuLimit.ALL.stream().filter(limit -> variants.stream().anyMatch(limit::covers)).toList();
    if (concerned.isEmpty()) {
      return List.of();
    }
    Reading reading = reading(calls);
    List<Quota> quotas = new ArrayList<>();
    for (VcpuLimit each : concerned) {
      ServiceQuota limit = reading.limits.get(each.code());
      if (limit != null && limit.value() != null) {
        quotas.add(
            new Quota(
                limit.quotaName(),
                scope(each, variants),
                Unit.VCPUS,
                Math.round(limit.value()),
                reading.running.getOrDefault(each, 0L)));
      }
    }
    return quotas;
  }

  private Reading reading(RegionCalls calls) {
    Reading known = readings.get(calls.name());
    if (known != null && clock.instant().isBefore(known.at.plus(FRESH))) {
      return known;
    }
    Map<String, ServiceQuota> limits =
        calls.quotas().ofCompute().stream()
            .collect(
                Collectors.toMap(ServiceQuota::quotaCode, Function.identity(), (one, _) -> one));
    Reading fresh =
        new Reading(clock.instant(), limits, running(calls.compute().machines(STATE, COUNTED)));
    readings.put(calls.name(), fresh);
    return fresh;
  }

  private static Map<VcpuLimit, Long> running(List<Instance> machines) {
    Map<VcpuLimit, Long> running = new ConcurrentHashMap<>();
    for (Instance each : machines) {
      if (each.instanceLifecycle() == InstanceLifecycleType.CAPACITY_BLOCK) {
        continue;
      }
      boolean isSpot = each.instanceLifecycle() == InstanceLifecycleType.SPOT;
      Variant variant =
          new Variant(each.instanceTypeAsString(), "", isSpot ? Purchase.SPOT : Purchase.ON_DEMAND);
      VcpuLimit.ALL.stream()
          .filter(limit -> limit.covers(variant))
          .forEach(limit -> running.merge(limit, vcpus(each), Long::sum));
    }
    return running;
  }

  private static long vcpus(Instance machine) {
    return machine.cpuOptions() == null
        ? 0
        : (long) machine.cpuOptions().coreCount() * machine.cpuOptions().threadsPerCore();
  }

  private static FailureScope scope(VcpuLimit limit, List<Variant> variants) {
    Set<String> types =
        variants.stream()
            .filter(limit::covers)
            .map(Variant::instanceType)
            .collect(Collectors.toSet());
    return new FailureScope(types, Set.of(), limit.purchase());
  }
}
