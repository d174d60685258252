package dev.windlass.core.devices;

import dev.windlass.core.devices.NodeDevices.Candidate;
import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceId;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.ResourceSlice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every ResourceSlice of a cluster. Says which pools a node reaches: of each pool the newest
 * generation that concerns the node, when all its slices are there and they are consistent.
 *
 * <p>Source: Kubernetes 1.36, {@code dynamic-resource-allocation/structured}, gathering of pools.
 */
public final class DevicePools {
  private static final Comparator<PoolKey> POOLS =
      Comparator.comparing(PoolKey::driver).thenComparing(PoolKey::name);

  private final Map<String, List<ResourceSlice>> byNode = new HashMap<>();
  private final List<ResourceSlice> shared = new ArrayList<>();
  private final Map<PoolKey, List<ResourceSlice>> byPool = new HashMap<>();

  private record PoolKey(String driver, String name) {
    static PoolKey of(ResourceSlice slice) {
      return new PoolKey(slice.pool().driver(), slice.pool().name());
    }
  }

  public DevicePools(List<ResourceSlice> slices) {
    for (ResourceSlice slice : slices) {
      byPool.computeIfAbsent(PoolKey.of(slice), _ -> new ArrayList<>()).add(slice);
      if (slice.nodes() instanceof DeviceNodes.One(String node) && slice.counters().isEmpty()) {
        byNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(slice);
      } else {
        shared.add(slice);
      }
    }
  }

  /** Whether there are devices that more than one node may reach. */
  public boolean reachSeveralNodes() {
    return shared.stream()
        .anyMatch(
            slice -> !(slice.nodes() instanceof DeviceNodes.One) && !slice.devices().isEmpty());
  }

  /** Whether a driver has published a whole pool for this node alone. */
  public boolean offers(String driver, String node) {
    return byNode.getOrDefault(node, List.of()).stream()
        .anyMatch(slice -> slice.pool().driver().equals(driver) && isComplete(slice));
  }

  private boolean isComplete(ResourceSlice part) {
    long published =
        byPool.getOrDefault(PoolKey.of(part), List.of()).stream()
            .filter(slice -> slice.pool().generation() == part.pool().generation())
            .count();
    return published == part.pool().slices();
  }

  /**
   * What a node reaches.
   *
   * @param own slices that the node will bring and that are not there yet
   */
  public NodeDevices on(NodeReach node, List<ResourceSlice> own) {
    Map<PoolKey, List<ResourceSlice>> relevant = new TreeMap<>(POOLS);
    byNode.getOrDefault(node.name(), List.of()).forEach(slice -> add(slice, relevant));
    shared.stream().filter(slice -> concerns(slice, node)).forEach(slice -> add(slice, relevant));
    own.forEach(slice -> add(slice, relevant));
    List<NodeDevices.Pool> first = new ArrayList<>();
    List<NodeDevices.Pool> last = new ArrayList<>();
    String trouble = null;
    for (Map.Entry<PoolKey, List<ResourceSlice>> each : relevant.entrySet()) {
      List<ResourceSlice> all = generation(each.getKey(), each.getValue());
      if (all == null) {
        continue;
      }
      String problem = problem(each.getKey(), each.getValue(), all);
      if (problem != null) {
        trouble = trouble == null ? problem : trouble;
        continue;
      }
      NodeDevices.Pool pool = pool(each.getKey(), each.getValue(), all, node);
      (prepares(pool) ? last : first).add(pool);
    }
    first.addAll(last);
    return new NodeDevices(node, first, trouble);
  }

  /** Slices with counters concern every node: whoever uses the pool needs them. */
  private static boolean concerns(ResourceSlice slice, NodeReach node) {
    if (!slice.counters().isEmpty()) {
      return true;
    }
    if (!(slice.nodes() instanceof DeviceNodes.PerDevice)) {
      return node.reaches(slice.nodes());
    }
    return slice.devices().stream()
        .map(device -> device.sharing().nodes())
        .anyMatch(nodes -> nodes != null && node.reaches(nodes));
  }

  /** Keeps the newest generation only. */
  private static void add(ResourceSlice slice, Map<PoolKey, List<ResourceSlice>> relevant) {
    List<ResourceSlice> known = relevant.computeIfAbsent(PoolKey.of(slice), _ -> new ArrayList<>());
    if (!known.isEmpty()) {
      long newest = known.getFirst().pool().generation();
      if (slice.pool().generation() < newest) {
        return;
      }
      if (slice.pool().generation() > newest) {
        known.clear();
      }
    }
    known.add(slice);
  }

  /** All slices of the pool's generation, or null when there is a newer one elsewhere. */
  private @Nullable List<ResourceSlice> generation(PoolKey key, List<ResourceSlice> relevant) {
    if (relevant.size() == relevant.getFirst().pool().slices()) {
      return relevant;
    }
    long generation = relevant.getFirst().pool().generation();
    List<ResourceSlice> all = new ArrayList<>();
    for (ResourceSlice slice : byPool.getOrDefault(key, relevant)) {
      if (slice.pool().generation() > generation) {
        return null;
      }
      if (slice.pool().generation() == generation) {
        all.add(slice);
      }
    }
    return all;
  }

  private static @Nullable String problem(
      PoolKey key, List<ResourceSlice> relevant, List<ResourceSlice> all) {
    String pool = "pool " + key.driver() + "/" + key.name() + " ";
    long slices = relevant.getFirst().pool().slices();
    if (all.size() != slices) {
      return pool + "is incomplete: " + all.size() + " of " + slices + " slices";
    }
    Set<String> names = new HashSet<>();
    Set<String> sets = new HashSet<>();
    for (ResourceSlice slice : relevant) {
      for (String set : slice.counters().keySet()) {
        if (!sets.add(set)) {
          return pool + "is invalid: counter set " + set + " is there twice";
        }
      }
      for (Device device : slice.counters().isEmpty() ? slice.devices() : List.<Device>of()) {
        if (!names.add(device.name())) {
          return pool + "is invalid: device " + device.name() + " is there twice";
        }
      }
    }
    return unknownCounter(all, counters(relevant))
        .map(unknown -> pool + "is invalid: there is no counter " + unknown)
        .orElse(null);
  }

  private static Optional<String> unknownCounter(
      List<ResourceSlice> slices, Map<String, Map<String, BigDecimal>> counters) {
    return slices.stream()
        .flatMap(slice -> slice.devices().stream())
        .flatMap(device -> device.consumes().entrySet().stream())
        .flatMap(set ->
            set.getValue().keySet().stream()
                .filter(name -> !counters.getOrDefault(set.getKey(), Map.of()).containsKey(name))
                .map(name -> set.getKey() + "/" + name))
        .findFirst();
  }

  private static Map<String, Map<String, BigDecimal>> counters(List<ResourceSlice> slices) {
    Map<String, Map<String, BigDecimal>> counters = new TreeMap<>();
    slices.forEach(slice -> counters.putAll(slice.counters()));
    return counters;
  }

  private static NodeDevices.Pool pool(
      PoolKey key, List<ResourceSlice> relevant, List<ResourceSlice> all, NodeReach node) {
    List<Candidate> candidates = new ArrayList<>();
    List<Candidate> elsewhere = new ArrayList<>();
    List<ResourceSlice> ordered = new ArrayList<>(relevant);
    ordered.sort(Comparator.comparing(ResourceSlice::name));
    for (ResourceSlice slice : ordered) {
      if (slice.counters().isEmpty()) {
        slice.devices().forEach(device -> candidates.add(candidate(key, slice, device, node)));
      }
    }
    Set<String> here = new HashSet<>();
    relevant.forEach(slice -> here.add(slice.name()));
    for (ResourceSlice slice : all) {
      if (!here.contains(slice.name())) {
        slice.devices().forEach(device -> elsewhere.add(candidate(key, slice, device, node)));
      }
    }
    return new NodeDevices.Pool(
        key.driver(), key.name(), candidates, elsewhere, counters(relevant));
  }

  private static Candidate candidate(
      PoolKey key, ResourceSlice slice, Device device, NodeReach node) {
    DeviceId id = new DeviceId(key.driver(), key.name(), device.name());
    DeviceNodes own = device.sharing().nodes();
    boolean perDevice = slice.nodes() instanceof DeviceNodes.PerDevice;
    DeviceNodes nodes = perDevice && own != null ? own : slice.nodes();
    return new Candidate(id, device, nodes, !perDevice || node.reaches(nodes));
  }

  private static boolean prepares(NodeDevices.Pool pool) {
    return pool.candidates().stream()
        .anyMatch(candidate -> candidate.device().sharing().bindingConditions());
  }
}
