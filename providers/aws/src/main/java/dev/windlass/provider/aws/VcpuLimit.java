package dev.windlass.provider.aws;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.util.List;

/**
 * A limit of EC2 on the vCPUs that run, by Service Quotas' code of it.
 *
 * @param code of the limit
 * @param family of the types that count, as {@link TypeFamily} names it
 * @param purchase how they are paid for
 */
record VcpuLimit(String code, String family, Purchase purchase) {
  /** Those of general machines and of machines with NVIDIA's GPUs. */
  static final List<VcpuLimit> ALL =
      List.of(
          new VcpuLimit("L-1216C47A", "standard", Purchase.ON_DEMAND),
          new VcpuLimit("L-34B43A08", "standard", Purchase.SPOT),
          new VcpuLimit("L-DB2E81BA", "g", Purchase.ON_DEMAND),
          new VcpuLimit("L-3819A6DF", "g", Purchase.SPOT),
          new VcpuLimit("L-417A185B", "p", Purchase.ON_DEMAND),
          new VcpuLimit("L-7212CCBC", "p", Purchase.SPOT),
          new VcpuLimit("L-C4BD4855", "p5", Purchase.SPOT));

  /** Whether machines of a variant count against it. */
  boolean covers(Variant variant) {
    return purchase == variant.purchase() && family.equals(family(variant));
  }

  /** Of spot machines, the fifth generation of P has a limit of its own. */
  private static String family(Variant variant) {
    String type = variant.instanceType();
    return variant.purchase() == Purchase.SPOT && type.startsWith("p5")
        ? "p5"
        : TypeFamily.of(type);
  }
}
