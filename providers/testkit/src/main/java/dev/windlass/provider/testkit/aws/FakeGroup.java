package dev.windlass.provider.testkit.aws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The state of one fake Auto Scaling group; guarded by the fake that holds it. */
final class FakeGroup {
  final String name;
  final int min;
  final int max;
  int desired;
  String weight = "";
  final List<FakeInstance> instances = new ArrayList<>();
  private final List<FakeActivity> activities = new ArrayList<>();

  FakeGroup(String name, int min, int max) {
    this.name = name;
    this.min = min;
    this.max = max;
  }

  void add(FakeActivity activity) {
    activities.removeIf(other -> other.id().equals(activity.id()));
    activities.add(activity);
  }

  /** The activities, the newest first as the service gives them. */
  List<FakeActivity> activities() {
    return activities.stream()
        .sorted(Comparator.comparing(FakeActivity::startedAt).reversed())
        .toList();
  }
}
