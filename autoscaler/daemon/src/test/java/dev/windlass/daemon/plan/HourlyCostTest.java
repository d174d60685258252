package dev.windlass.daemon.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.ScaleUpPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HourlyCostTest {
  private static final NodeGroupName WEB = new NodeGroupName("web");
  private static final Variant ON_DEMAND = new Variant("m", "a", Purchase.ON_DEMAND);
  private static final Variant SPOT = new Variant("m", "a", Purchase.SPOT);
  private static final NodeTemplate TEMPLATE =
      new NodeTemplate(Map.of(), List.of(), List.of(), Resources.NONE);
  private static final NodeGroup GROUP =
      group(
          List.of(
              new Offering(ON_DEMAND, Price.ofUsdPerHour(1), TEMPLATE),
              new Offering(SPOT, Price.ofUsdPerHour(0.25), TEMPLATE)));

  private static NodeGroup group(List<Offering> offerings) {
    return new NodeGroup(
        WEB,
        Identity.NONE,
        new NodeGroup.Size(0, 9, 0),
        offerings,
        NodeGroup.Settings.USUAL,
        Map.of("pool", "web"));
  }

  private static Node node(String name, String machine, Map<String, String> labels) {
    return new Node(
        new NodeName(name),
        Identity.NONE,
        labels,
        Map.of(),
        new Node.Spec(List.of(), false, machine),
        new Node.Status(Resources.NONE, true, null, Decisions.AT, null));
  }

  private static Instance instance(String id, Variant variant, Instance.State state) {
    return new Instance(new InstanceId(id), WEB, variant, state, Decisions.AT, null);
  }

  private static ClusterSnapshot snapshot(
      NodeGroup group, List<Node> nodes, List<Instance> instances) {
    return new ClusterSnapshot(
        ClusterSnapshot.Workloads.NONE,
        new ClusterSnapshot.Capacity(nodes, List.of(group), instances, List.of()),
        ClusterSnapshot.Scaling.NONE,
        ClusterSnapshot.Gpu.NONE,
        Map.of());
  }

  private static Decision nothing() {
    return new Decision(
        Decisions.AT,
        new Decision.Plans(
            ReplicaPlan.NOTHING, ScaleUpPlan.NOTHING, ScaleDownPlan.NOTHING, GpuPlan.NOTHING),
        List.of(),
        List.of(),
        AutoscalerState.EMPTY);
  }

  @Test
  void nodeCostsWhatItsLabelsSay() {
    Map<String, String> spot =
        Map.of("pool", "web", Keys.INSTANCE_TYPE, "m", Keys.ZONE, "a", Keys.CAPACITY_TYPE, "spot");
    Map<String, String> elsewhere = Map.of("pool", "web", Keys.INSTANCE_TYPE, "m", Keys.ZONE, "b");
    List<Node> nodes =
        List.of(
            node("n1", "", spot),
            node("n2", "", elsewhere),
            node("n3", "", Map.of("pool", "web", Keys.INSTANCE_TYPE, "unknown")),
            node("n4", "", Map.of(Keys.INSTANCE_TYPE, "m")));

    assertThat(HourlyCost.of(snapshot(GROUP, nodes, List.of()), nothing()))
        .hasValue(new HourlyCost(1_250_000, 1_250_000));
  }

  @Test
  void machineIsCountedOnceAndNotWhenItFailed() {
    List<Instance> instances =
        List.of(
            instance("i-1", SPOT, Instance.State.RUNNING),
            instance("i-2", ON_DEMAND, Instance.State.CREATING),
            instance("i-3", ON_DEMAND, Instance.State.FAILED));
    List<Node> nodes = List.of(node("n1", "i-1", Map.of("pool", "web", Keys.INSTANCE_TYPE, "m")));

    assertThat(HourlyCost.of(snapshot(GROUP, nodes, instances), nothing()))
        .hasValue(new HourlyCost(1_250_000, 1_250_000));
  }

  @Test
  void increasesAreAddedAndRemovalsTakenAway() {
    List<Instance> instances = List.of(instance("i-1", ON_DEMAND, Instance.State.RUNNING));

    assertThat(HourlyCost.of(snapshot(GROUP, List.of(), instances), Decisions.full()))
        .hasValue(new HourlyCost(1_000_000, 1_000_000 + 130_000 - 65_000));
  }

  @Test
  void saysNothingWhereNoPriceIsKnown() {
    NodeGroup unpriced = group(List.of(new Offering(ON_DEMAND, Price.UNKNOWN, TEMPLATE)));

    assertThat(HourlyCost.of(snapshot(unpriced, List.of(), List.of()), nothing())).isEmpty();
  }
}
