package dev.windlass.gpu.host;

import dev.windlass.gpu.catalogue.FabricService;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.operand.StackSettings;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must run besides the driver on a machine whose GPUs are linked, judged by what is on its
 * bus: switches of generations before NVLink 5 are there themselves, those of NVLink 5 are not, and
 * link all GPUs of a machine that has several.
 */
final class FabricNeeds {
  private FabricNeeds() {}

  static Set<FabricService> of(HostFacts facts) {
    Set<FabricService> needs = EnumSet.noneOf(FabricService.class);
    if (facts.bus().switches() > 0) {
      needs.add(FabricService.FABRIC_MANAGER);
    }
    for (PciId id : facts.bus().gpus()) {
      Optional<GpuModel> model = GpuCatalogue.builtIn().byPciId(id);
      model.ifPresent(known -> needs.addAll(of(known, facts.bus().gpus().size())));
    }
    return needs;
  }

  private static Set<FabricService> of(GpuModel model, int gpus) {
    return switch (model.needs().fabric()) {
      case NONE, NVSWITCH -> Set.of();
      case NVLINK5 -> gpus > 1 ? FabricService.of(GpuModel.Fabric.NVLINK5) : Set.of();
      case NVL72 -> FabricService.of(GpuModel.Fabric.NVL72);
    };
  }

  /** The same for the agent's scripts, for instance {@code fabricmanager+nvlsm}. */
  static String argument(HostFacts facts, StackSettings stack) {
    String words =
        of(facts).stream().map(service -> word(service, stack)).collect(Collectors.joining("+"));
    return words.isEmpty() ? "none" : words;
  }

  /** With claimed devices each ComputeDomain runs IMEX daemons of its own, beside no other one. */
  private static String word(FabricService service, StackSettings stack) {
    return switch (service) {
      case FABRIC_MANAGER -> "fabricmanager";
      case SUBNET_MANAGER -> "nvlsm";
      case IMEX -> stack.plugin().dynamic() ? "imexmasked" : "imex";
    };
  }
}
