package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The cluster of Karpenter's own scheduling benchmark: no node, 400 machine types in five offerings
 * each, and pods of which a fifth each is plain, spread over zones, spread over hosts, together in
 * a zone and apart on hosts.
 *
 * <p>Source: Karpenter, {@code scheduling_benchmark_test.go} and its fake cloud provider: type i
 * has i cores, 2i GiB and 10i pods, less 100m and 10Mi, at 0.1 USD an hour for each core and each
 * billion bytes.
 */
final class KarpenterMix {
  private static final String GROUP = "default";
  private static final int TYPES = 400;
  private static final long[] MILLI_CORES = {100, 250, 500, 1000, 1500};
  private static final long[] MEBIBYTES = {100, 256, 512, 1024, 2048, 4096};
  private static final String[] LABELS = {"a", "b", "c", "d", "e", "f", "g"};

  private final Random random;
  private final ClusterBuilder cluster = new ClusterBuilder();
  private final Map<PodSpec, PodSpec> specs = new HashMap<>();
  private int pods;

  private KarpenterMix(long seed) {
    random = new Random(seed);
  }

  static ClusterSnapshot of(int pods, long seed) {
    return new KarpenterMix(seed).build(pods);
  }

  private ClusterSnapshot build(int count) {
    cluster.group(GROUP, 1_000_000, 0, offerings());
    int fifth = count / 5;
    for (int each = 0; each < count - 4 * fifth; each++) {
      pod(Map.of("my-label", letter()), PodPlacementRules.ANYWHERE);
    }
    for (String key : List.of(Keys.ZONE, Keys.HOSTNAME)) {
      for (int each = 0; each < fifth; each++) {
        LabelSelector counted = PlacementRules.label("my-label", letter());
        pod(Map.of("my-label", letter()), PlacementRules.spread(key, counted));
      }
    }
    for (int each = 0; each < fifth; each++) {
      String letter = letter();
      pod(
          Map.of("my-affinity", letter),
          PlacementRules.together(Keys.ZONE, PlacementRules.label("my-affinity", letter)));
    }
    for (int each = 0; each < fifth; each++) {
      pod(
          Map.of("app", "nginx"),
          PlacementRules.apart(Keys.HOSTNAME, PlacementRules.label("app", "nginx")));
    }
    return cluster.build();
  }

  private String letter() {
    return LABELS[random.nextInt(LABELS.length)];
  }

  private void pod(Map<String, String> labels, PodPlacementRules rules) {
    Resources requests =
        ClusterBuilder.requests(
            MILLI_CORES[random.nextInt(MILLI_CORES.length)],
            MEBIBYTES[random.nextInt(MEBIBYTES.length)]);
    PodSpec spec = specs.computeIfAbsent(PodSpec.of(requests, rules), same -> same);
    cluster.labelled(String.format("pod-%06d", pods++), labels, "mix", spec, null);
  }

  private static List<Offering> offerings() {
    List<Offering> offerings = new ArrayList<>();
    for (int size = 1; size <= TYPES; size++) {
      String type = "fake-it-" + size;
      double usdPerHour = 0.1 * size + 0.1 * size * (2L << 30) / 1e9;
      Resources machine = ClusterBuilder.machine(size * 1000L - 100, size * 2048L - 10, size * 10L);
      for (String zone : List.of("test-zone-1", "test-zone-2")) {
        Variant spot = new Variant(type, zone, Purchase.SPOT);
        offerings.add(ClusterBuilder.offering(GROUP, spot, usdPerHour, machine));
      }
      for (String zone : List.of("test-zone-1", "test-zone-2", "test-zone-3")) {
        offerings.add(ClusterBuilder.offering(GROUP, type, zone, usdPerHour, machine));
      }
    }
    return offerings;
  }
}
