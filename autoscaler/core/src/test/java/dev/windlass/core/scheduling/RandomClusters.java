package dev.windlass.core.scheduling;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.testing.Pods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random nodes, and pods with every kind of rule, for comparisons with the literal reading. */
final class RandomClusters {
  private RandomClusters() {}

  /** A few cores and room for a few pods. */
  static Resources size(Random random) {
    return Resources.of(
        Map.of(
            Resources.CPU,
            2_000L + random.nextInt(4) * 1_000L,
            Resources.MEMORY,
            8L << 30,
            Resources.PODS,
            2L + random.nextInt(6)));
  }

  static NodeFacts node(Random random, int index) {
    Map<String, String> labels = new HashMap<>();
    labels.put(Keys.HOSTNAME, "n" + index);
    if (random.nextInt(8) > 0) {
      labels.put(Keys.ZONE, "zone-" + random.nextInt(3));
    }
    labels.put("disk", random.nextBoolean() ? "ssd" : "hdd");
    List<Taint> taints = random.nextInt(5) == 0 ? List.of(Taint.noSchedule("team")) : List.of();
    return new NodeFacts("n" + index, labels, taints, random.nextInt(12) == 0);
  }

  static Pod pod(Random random, int index) {
    String app = List.of("a", "b", "c").get(random.nextInt(3));
    PodSpec spec =
        new PodSpec(
            List.of(
                new Container(
                    "main",
                    Resources.of(
                        Map.of(
                            Resources.CPU,
                            random.nextInt(4) * 500L,
                            Resources.MEMORY,
                            (long) random.nextInt(3) << 30)),
                    ports(random),
                    false)),
            List.of(),
            Resources.NONE,
            null,
            rules(random, app),
            0,
            0);
    Pod plain = Pods.pod("p" + index).labels(Map.of("app", app)).build();
    return new Pod(
        plain.key(), plain.metadata(), spec, plain.status(), plain.placement(), plain.lifecycle());
  }

  private static List<HostPort> ports(Random random) {
    if (random.nextInt(5) > 0) {
      return List.of();
    }
    String ip = random.nextBoolean() ? HostPort.ANY_ADDRESS : "10.0.0.1";
    return List.of(new HostPort(ip, random.nextInt(4) == 0 ? "UDP" : "TCP", 80));
  }

  private static PodPlacementRules rules(Random random, String app) {
    String other = List.of("a", "b", "c").get(random.nextInt(3));
    return new PodPlacementRules(
        random.nextInt(4) == 0 ? Map.of("disk", "ssd") : Map.of(),
        null,
        random.nextInt(3) == 0 ? List.of(Toleration.exists("team")) : List.of(),
        random.nextInt(6) == 0 ? List.of(term(random, other)) : List.of(),
        random.nextInt(5) == 0 ? List.of(term(random, app)) : List.of(),
        random.nextInt(4) == 0 ? List.of(spread(random, app)) : List.of());
  }

  private static String topology(Random random) {
    return random.nextBoolean() ? Keys.ZONE : Keys.HOSTNAME;
  }

  private static PodAffinityTerm term(Random random, String app) {
    return new PodAffinityTerm(topology(random), selector(app), Set.of("default"), null);
  }

  private static TopologySpread spread(Random random, String app) {
    return new TopologySpread(
        1 + random.nextInt(2),
        topology(random),
        random.nextInt(8) == 0 ? LabelSelector.EVERYTHING : selector(app),
        1 + random.nextInt(3),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static LabelSelector selector(String app) {
    return new LabelSelector(Map.of("app", app), List.of());
  }
}
