package dev.windlass.provider.spi;

import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import java.util.List;
import java.util.Map;

/** Capability: what new machines of a group will look like is read from the cloud. */
public interface Templates {
  /** Every variant that the group may bring, from its template and the cloud's own catalogue. */
  CloudOutcome<List<Described>> variants(GroupReference group);

  /**
   * A variant as the cloud describes it.
   *
   * @param variant type, zone, purchase
   * @param labels of its nodes
   * @param taints of its nodes, startup taints included
   * @param capacity what the machine has, extended resources included
   * @param allocatable what is left for pods, by the cloud's formula
   * @param gpu its GPUs, or {@link Gpu#NONE}
   * @param provenance where each of the fields above is from, by the field's name
   * @param unavailable why it cannot be bought, or empty
   */
  record Described(
      Variant variant,
      Map<String, String> labels,
      List<Taint> taints,
      Resources capacity,
      Resources allocatable,
      Gpu gpu,
      Map<String, Provenance> provenance,
      String unavailable) {
    public Described {
      labels = Map.copyOf(labels);
      taints = List.copyOf(taints);
      provenance = Map.copyOf(provenance);
    }
  }

  /**
   * The GPUs of a machine.
   *
   * @param model the cloud's name of it
   * @param count how many a node will advertise; a fraction of one counts as one
   * @param memoryMib of each, as far as the machine has it
   */
  record Gpu(String model, int count, long memoryMib) {
    /** No GPUs. */
    public static final Gpu NONE = new Gpu("", 0, 0);
  }

  /** Where a field of a variant is from. */
  enum Provenance {
    /** The cloud's interface said it. */
    API,
    /** A tag or label of the group. */
    TAG,
    /** The group's launch template. */
    TEMPLATE,
    /** Computed by the cloud's documented formula. */
    FORMULA
  }
}
