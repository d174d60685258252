package dev.windlass.simulations.replay;

import java.util.List;

/**
 * Which GPU families of AWS stand for the trace's models. G2 and G3 are undisclosed; A10G or L4 and
 * A100 are taken for them, and V100 for P100, which AWS does not sell.
 */
final class GpuModels {
  private GpuModels() {}

  static List<String> families(String model) {
    return switch (model) {
      case "T4" -> List.of("t4");
      case "V100M16", "V100M32", "P100" -> List.of("v100");
      case "A10" -> List.of("a10g");
      case "G2" -> List.of("a10g", "l4");
      case "G3" -> List.of("a100");
      default -> List.of(model);
    };
  }
}
