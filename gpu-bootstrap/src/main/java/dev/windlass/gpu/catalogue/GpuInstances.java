package dev.windlass.gpu.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The clouds' machine types with NVIDIA GPUs; the facts are in {@code gpu-instances.csv}. */
public final class GpuInstances {
  private static final int COLUMNS = 19;
  private static final List<GpuInstance> ALL = read();

  private GpuInstances() {}

  /** Every machine type. */
  public static List<GpuInstance> all() {
    return ALL;
  }

  /** A cloud's machine type. */
  public static Optional<GpuInstance> find(String cloud, String type) {
    return ALL.stream()
        .filter(each -> each.type().equals(type) && each.cloud().equals(cloud))
        .findFirst();
  }

  private static List<GpuInstance> read() {
    try (InputStream stream = GpuInstances.class.getResourceAsStream("gpu-instances.csv")) {
      if (stream == null) {
        throw new IllegalStateException("gpu-instances.csv is not on the class path");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return reader.lines().skip(1).map(GpuInstances::instance).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GpuInstance instance(String line) {
    String[] cell = line.split(",", COLUMNS);
    GpuModel model =
        GpuCatalogue.builtIn()
            .byName(cell[2].replace("-PCIe", ""))
            .orElseThrow(() -> new IllegalStateException("gpu-instances.csv: no model " + cell[2]));
    return new GpuInstance(
        cell[0], cell[1], model, Integer.parseInt(cell[6]), fabric(cell[11], model), cell[13]);
  }

  /** Machines with a part of the switches, or without, have no fabric of their own to manage. */
  private static Set<FabricService> fabric(String switches, GpuModel model) {
    return switches.equals("yes") || switches.equals("nvl72")
        ? FabricService.of(model.needs().fabric())
        : Set.of();
  }
}
