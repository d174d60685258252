package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.testkit.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The role that is shipped grants what the provider calls, and nothing else. */
class LeastPrivilegeIT {
  private static final Path ROLE = Path.of("..", "..", "deploy", "policies", "azure.json");

  /** What Azure checks on the resources that a size change leads to; no request names them. */
  private static final Set<String> LINKED =
      Set.of(
          "Microsoft.Network/virtualNetworks/subnets/join/action",
          "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
          "Microsoft.Compute/images/read",
          "Microsoft.Compute/galleries/images/versions/read");

  @Test
  void roleGrantsExactlyWhatIsCalled() {
    try (AzureRig rig =
        AzureRig.start()
            .with(AzureRig.SET, 2)
            .with("workers/flex", 1, AzureRig.SPOT, AzureRig.ZONE_2)
            .with(AzureRig.POOL, 2)) {
      callEverything(rig);

      Set<String> used = new TreeSet<>(LINKED);
      rig.azure.journal().entries().stream()
          .map(Journal.Entry::request)
          .map(Journal.Request::permission)
          .filter(permission -> !permission.isEmpty())
          .forEach(used::add);
      assertThat(new TreeSet<>(granted())).isEqualTo(used);
    }
  }

  private static void callEverything(AzureRig rig) {
    for (String group : List.of(AzureRig.SET, "workers/flex", AzureRig.POOL)) {
      rig.view(group);
      int target = rig.azure.target(group);
      String handle = AzureRig.done(rig.increase(group, target, target + 1)).handle();
      AzureRig.done(rig.provider.poll(AzureRig.reference(group), handle));
      rig.azure.clock().advance(java.time.Duration.ofMinutes(5));
      InstanceId any = rig.machine(group, 0);
      AzureRig.done(rig.delete(group, any));
      AzureRig.done(rig.provider.variants(AzureRig.reference(group)));
      rig.azure.clock().advance(java.time.Duration.ofMinutes(5));
    }
    AzureRig.done(rig.provider.discover("", Map.of()));
    rig.azure.reserve(AzureRig.SET, "kept");
    AzureRig.done(rig.provider.reservations(AzureRig.reference(AzureRig.SET)));
  }

  @Test
  void roleHasNoWildcards() {
    assertThat(granted()).isNotEmpty().noneMatch(action -> action.contains("*"));
  }

  private static List<String> granted() {
    JsonNode role = JsonMapper.builder().build().readTree(ROLE.toFile());
    return StreamSupport.stream(role.at("/properties/permissions/0/actions").spliterator(), false)
        .map(JsonNode::stringValue)
        .toList();
  }
}
