package dev.windlass.core.devices;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceId;
import dev.windlass.core.model.DeviceNodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The devices that a node reaches, in the order in which kube-scheduler tries them.
 *
 * @param node the node
 * @param pools complete, valid pools
 * @param trouble a pool that is incomplete or invalid, said in words; null when there is none
 */
public record NodeDevices(NodeReach node, List<Pool> pools, @Nullable String trouble) {
  public NodeDevices {
    pools = List.copyOf(pools);
  }

  /**
   * A pool as seen from the node.
   *
   * @param driver whose it is
   * @param name its name
   * @param candidates devices in slices that concern the node
   * @param elsewhere the pool's other devices; they use the same counters
   * @param counters the pool's counters, by counter set and counter
   */
  record Pool(
      String driver,
      String name,
      List<Candidate> candidates,
      List<Candidate> elsewhere,
      Map<String, Map<String, BigDecimal>> counters) {
    /** Whether no other node reaches anything of the pool. */
    boolean belongsTo(String node) {
      return elsewhere.isEmpty()
          && candidates.stream()
              .allMatch(
                  each -> each.nodes() instanceof DeviceNodes.One(String own) && own.equals(node));
    }
  }

  /**
   * A device that could be allocated.
   *
   * @param id its name
   * @param device what it is
   * @param nodes the nodes that reach it
   * @param reached whether this node does
   */
  record Candidate(DeviceId id, Device device, DeviceNodes nodes, boolean reached) {}

  /** Whether no other node reaches anything of the device's pool. */
  boolean ownsPoolOf(DeviceId device) {
    return pools.stream()
        .filter(pool -> pool.driver().equals(device.driver()) && pool.name().equals(device.pool()))
        .allMatch(pool -> pool.belongsTo(node.name()));
  }

  /** Every device of the pools, in order. */
  List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>();
    pools.forEach(pool -> all.addAll(pool.candidates()));
    return all;
  }
}
