package dev.windlass.gpu.catalogue;

import dev.windlass.gpu.catalogue.GpuModel.Fabric;
import dev.windlass.gpu.catalogue.GpuModel.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every GPU model that Windlass knows; sources and date are in {@code gpu-models.csv}. */
public final class GpuCatalogue {
  private static final GpuCatalogue BUILT_IN = read();

  private final List<GpuModel> models;

  private GpuCatalogue(List<GpuModel> models) {
    this.models = List.copyOf(models);
  }

  /** The catalogue that comes with this version. */
  public static GpuCatalogue builtIn() {
    return BUILT_IN;
  }

  /** All models, oldest architecture first. */
  public List<GpuModel> models() {
    return models;
  }

  /** The model with this name, in either case. */
  public Optional<GpuModel> byName(String name) {
    return models.stream().filter(model -> model.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The model that appears under this id. */
  public Optional<GpuModel> byPciId(PciId id) {
    return models.stream().filter(model -> model.needs().pciIds().contains(id)).findFirst();
  }

  private static GpuCatalogue read() {
    try (InputStream stream = GpuCatalogue.class.getResourceAsStream("gpu-models.csv")) {
      if (stream == null) {
        throw new IllegalStateException("gpu-models.csv is not on the class path");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return new GpuCatalogue(
          reader
              .lines()
              .filter(line -> !line.startsWith("#") && !line.startsWith("model,"))
              .map(GpuCatalogue::model)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GpuModel model(String line) {
    String[] cell = line.split(",", -1);
    if (cell.length != 8) {
      throw new IllegalStateException("gpu-models.csv: eight columns expected in " + line);
    }
    Needs needs =
        new Needs(
            Arrays.stream(cell[4].split("\\|")).map(id -> PciId.parse(id).orElseThrow()).toList(),
            DriverVersion.parse(cell[5]).orElseThrow(),
            Fabric.valueOf(cell[6].toUpperCase(Locale.ROOT)));
    List<MigProfile> profiles =
        cell[7].isEmpty()
            ? List.of()
            : Arrays.stream(cell[7].split(" ")).map(GpuCatalogue::profile).toList();
    return new GpuModel(
        cell[0],
        GpuArchitecture.valueOf(cell[1]),
        cell[2],
        Integer.parseInt(cell[3]),
        needs,
        profiles);
  }

  private static MigProfile profile(String entry) {
    int colon = entry.indexOf(':');
    return new MigProfile(entry.substring(0, colon), Integer.parseInt(entry.substring(colon + 1)));
  }
}
