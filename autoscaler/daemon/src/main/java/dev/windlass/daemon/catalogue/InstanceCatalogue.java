package dev.windlass.daemon.catalogue;

import dev.windlass.core.model.Price;
import dev.windlass.core.model.Resources;
import dev.windlass.daemon.catalogue.InstanceType.Gpu;
import dev.windlass.daemon.catalogue.InstanceType.Name;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Machine types of AWS, Azure and GCP with their allocatable amounts and list prices, from {@code
 * instances.csv} beside this class; its README names sources and dates.
 */
public final class InstanceCatalogue {
  /** Knows nothing. */
  public static final InstanceCatalogue EMPTY = new InstanceCatalogue(List.of());

  private static final String FILE = "instances.csv";
  private static final List<String> CLOUDS = List.of("aws", "gcp", "azure");

  private final Map<String, List<InstanceType>> byType = new HashMap<>();

  /** A catalogue of these types. */
  public InstanceCatalogue(List<InstanceType> types) {
    for (InstanceType type : types) {
      byType.computeIfAbsent(type.name().type(), _ -> new ArrayList<>()).add(type);
    }
  }

  /** The catalogue that comes with Windlass, read on its first use. */
  public static InstanceCatalogue bundled() {
    return Bundled.CATALOGUE;
  }

  /**
   * Looks a type up.
   *
   * @param cloud {@code aws}, {@code azure}, {@code gcp}; any other name stands for all three
   * @param region where it would be bought; a type that is priced elsewhere only is found as well,
   *     and its name says where
   * @param type the cloud's name of the type
   */
  public Optional<InstanceType> find(String cloud, String region, String type) {
    @Nullable InstanceType best = null;
    for (InstanceType candidate : byType.getOrDefault(type, List.of())) {
      boolean allowed = !CLOUDS.contains(cloud) || candidate.name().cloud().equals(cloud);
      if (allowed && (best == null || candidate.name().region().equals(region))) {
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many different types there are. */
  public int size() {
    return byType.size();
  }

  private static InstanceType parse(String line) {
    String[] cells = line.split(",", -1);
    double cores = Double.parseDouble(cells[4]);
    double memoryGib = Double.parseDouble(cells[5]);
    Resources allocatable =
        cells[11].isEmpty()
            ? Reservations.allocatable(cells[0], cores, memoryGib)
            : Reservations.amounts(
                Double.parseDouble(cells[11]),
                Double.parseDouble(cells[12]),
                Integer.parseInt(cells[13]));
    return new InstanceType(
        new Name(cells[0], cells[1], cells[2]),
        cells[3],
        allocatable,
        gpu(cells[6], cells[7], cells[8]),
        price(cells[9]),
        price(cells[10]));
  }

  private static @Nullable Gpu gpu(String model, String count, String memoryGib) {
    if (model.isEmpty()) {
      return null;
    }
    double devices = Double.parseDouble(count);
    long memoryMib = memoryGib.isEmpty() ? 0 : Math.round(Double.parseDouble(memoryGib) * 1024);
    return new Gpu(model, Math.max(1, (int) devices), memoryMib);
  }

  private static Price price(String usdPerHour) {
    return usdPerHour.isEmpty()
        ? Price.UNKNOWN
        : Price.ofUsdPerHour(Double.parseDouble(usdPerHour));
  }

  /** Holds the bundled catalogue, so that it is read only by those who use it. */
  private static final class Bundled {
    static final InstanceCatalogue CATALOGUE = read();

    private static InstanceCatalogue read() {
      InputStream stream = InstanceCatalogue.class.getResourceAsStream(FILE);
      if (stream == null) {
        throw new IllegalStateException(FILE + " is missing from the class path");
      }
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        return new InstanceCatalogue(reader.lines().skip(1).map(InstanceCatalogue::parse).toList());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + FILE, e);
      }
    }
  }
}
