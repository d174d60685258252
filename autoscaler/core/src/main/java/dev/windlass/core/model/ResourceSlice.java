package dev.windlass.core.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A ResourceSlice: devices that a driver offers.
 *
 * @param name its name
 * @param pool what it is a part of
 * @param nodes which nodes reach its devices
 * @param counters the pool's shared counters, by counter set and counter
 * @param devices the devices, in their order
 */
public record ResourceSlice(
    String name,
    Pool pool,
    DeviceNodes nodes,
    Map<String, Map<String, BigDecimal>> counters,
    List<Device> devices) {
  /** In a node group's template: the node that will come. */
  public static final String TEMPLATE_NODE = "";

  public ResourceSlice {
    counters = Map.copyOf(counters);
    devices = List.copyOf(devices);
  }

  /**
   * A version of a pool.
   *
   * @param driver whose it is
   * @param name its name, unique for the driver
   * @param generation the higher the newer
   * @param slices how many slices make the pool complete
   */
  public record Pool(String driver, String name, long generation, long slices) {}

  /** What a new node like this slice's node will bring. */
  public ResourceSlice asTemplate() {
    return new ResourceSlice(name, pool, new DeviceNodes.One(TEMPLATE_NODE), counters, devices);
  }

  /**
   * The slice that a new node made from a template brings: of a pool of its own.
   *
   * @param node the node's name
   * @param number tells nodes of one name apart
   */
  public ResourceSlice on(String node, int number) {
    String suffix = "@" + node + "#" + number;
    Pool own = new Pool(pool.driver, pool.name + suffix, pool.generation, pool.slices);
    DeviceNodes place =
        nodes.equals(new DeviceNodes.One(TEMPLATE_NODE)) ? new DeviceNodes.One(node) : nodes;
    return new ResourceSlice(name + suffix, own, place, counters, devices);
  }
}
