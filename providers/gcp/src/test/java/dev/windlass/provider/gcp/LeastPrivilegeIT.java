package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Discovery;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Offers;
import dev.windlass.provider.spi.Operations;
import dev.windlass.provider.spi.Quotas;
import dev.windlass.provider.spi.Reservations;
import dev.windlass.provider.spi.Templates;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The role that is shipped grants what the provider calls, and nothing else. */
class LeastPrivilegeIT {
  private static final Path ROLE = Path.of("..", "..", "deploy", "policies", "gcp.json");
  private static final Variant SPOT = new Variant("n2-standard-4", Connection.ZONE, Purchase.SPOT);
  private static final GroupReference REGIONAL =
      Connection.reference("batch", "acme/us-central1/batch", List.of(SPOT));

  @Test
  void roleGrantsExactlyWhatIsCalled() {
    try (Connection rig = Connection.start().withWeb(6)) {
      rig.gcp.addGroup(new FakeGroup(REGIONAL.cloudId(), 0, 10, 1, List.of(SPOT)));
      for (GroupReference group : List.of(Connection.WEB, REGIONAL)) {
        exercise(rig, group);
      }
      GroupReference queued =
          new GroupReference(
              Connection.WEB.name(), Connection.WEB.cloudId(), "", List.of(), Duration.ofHours(1));
      int target = rig.gcp.target(Connection.WEB.cloudId());
      String handle =
          Connection.done(rig.increase(queued, target, target + 1, new OperationId("queued")))
              .handle();
      Connection.done(((Operations) rig.provider).poll(queued, handle));

      Set<String> called = new TreeSet<>();
      rig.gcp.journal().entries().forEach(it -> called.add(it.request().permission()));
      called.remove("");
      assertThat(granted()).containsExactlyElementsOf(called);
    }
  }

  private static void exercise(Connection rig, GroupReference group) {
    int target = rig.view(group).target();
    OperationId operation = new OperationId("increase:" + group.name());
    String handle = Connection.done(rig.increase(group, target, target + 1, operation)).handle();
    Connection.done(((Operations) rig.provider).poll(group, handle));
    InstanceId first = rig.view(group).instances().getFirst().id();
    Connection.done(rig.provider.delete(group, List.of(first), new OperationId("delete:" + first)));
    Connection.done(rig.provider.capability(Templates.class).orElseThrow().variants(group));
    Connection.done(rig.provider.capability(Offers.class).orElseThrow().offers(group));
    Connection.done(rig.provider.capability(Quotas.class).orElseThrow().quotas(group));
    Connection.done(rig.provider.capability(Reservations.class).orElseThrow().reservations(group));
    Connection.done(rig.provider.capability(Discovery.class).orElseThrow().discover("", Map.of()));
  }

  private static List<String> granted() {
    return JsonMapper.builder()
        .build()
        .readTree(ROLE.toFile())
        .get("includedPermissions")
        .valueStream()
        .map(it -> it.stringValue())
        .toList();
  }
}
