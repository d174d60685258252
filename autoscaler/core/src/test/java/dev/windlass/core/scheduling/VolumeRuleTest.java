package dev.windlass.core.scheduling;

import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import dev.windlass.core.testing.Pods;
import dev.windlass.core.testing.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules about volumes, case by case: may the pod p go to node n in zone a, with others there?
 */
class VolumeRuleTest {
  private static final Map<String, String> LABELS =
      Map.of("zone", "a", Keys.ZONE, "a", Keys.REGION, "r", Keys.HOSTNAME, "n");
  private static final Resources SIZE = Resources.of(Map.of(Resources.PODS, 10L));

  static Stream<Arguments> table() {
    return Stream.of(
            VolumeClaimCases.claims(),
            VolumeBindingCases.boundVolumes(),
            VolumeBindingCases.unboundClaims(),
            VolumeSharingCases.sharing(),
            VolumeSharingCases.limits())
        .flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void decidesAsKubeSchedulerDoes(
      String what, Volumes storage, Pods pod, List<Pods> others, @Nullable String refusal) {
    Pod wanted = pod.build();
    List<Pod> pods = new ArrayList<>(others.stream().map(Pods::build).toList());
    pods.add(wanted);
    Workspace workspace =
        WorkspaceBuilder.of(
            new ClusterSnapshot.Workloads(
                pods, List.of(), List.of(), List.of(), Map.of(), storage.build(), Devices.NONE),
            List.of());
    Slot slot = workspace.open(new NodeFacts("n", LABELS, List.of(), false), SIZE, true);
    Slot other = workspace.open(new NodeFacts("m", Map.of(), List.of(), false), SIZE, true);
    for (Pod each : pods) {
      if (each.placement().node() != null) {
        Slot own = each.placement().node().value().equals("n") ? slot : other;
        workspace.run(each, workspace.shape(each), own);
      }
    }

    PodShape shape = workspace.shape(wanted);

    assertThat(workspace.room(shape, slot, 1)).isEqualTo(refusal == null ? 1 : 0);
    assertThat(workspace.refusal(shape, slot).map(each -> each.rule() + " " + each.message()))
        .as(what)
        .satisfies(said -> {
          if (refusal == null) {
            assertThat(said).isEmpty();
          } else {
            assertThat(said).hasValueSatisfying(text -> assertThat(text).startsWith(refusal));
          }
        });
  }
}
