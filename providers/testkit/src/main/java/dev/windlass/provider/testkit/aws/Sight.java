package dev.windlass.provider.testkit.aws;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How much of the truth the describing methods show, and on how large pages. */
final class Sight {
  int groupsOnPage = 100;
  int activitiesOnPage = 100;
  int machinesOnPage = 1000;
  Duration lag = Duration.ZERO;
  final Set<String> hidden = new TreeSet<>();

  private final Scaling scaling;

  Sight(Scaling scaling) {
    this.scaling = scaling;
  }

  /** The machines of a group as its description has them. */
  List<AwsMachine> of(AwsGroup group) {
    return group.machines.values().stream().filter(this::shows).toList();
  }

  /** Those of a group that EC2 shows. */
  Stream<AwsMachine> ofCompute(AwsGroup group) {
    return group.machines.values().stream()
        .filter(machine -> shows(machine) && !hidden.contains(machine.id));
  }

  private boolean shows(AwsMachine machine) {
    return !scaling.now().isBefore(machine.launchedAt.plus(lag));
  }
}
