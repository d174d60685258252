package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Notices.Notice;
import dev.windlass.provider.testkit.aws.AwsEvents;
import dev.windlass.provider.testkit.aws.AwsNodegroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The policy that is shipped grants what the provider calls, and nothing else. */
class LeastPrivilegeIT {
  private static final Path POLICY = Path.of("..", "..", "deploy", "policies", "aws.json");

  /** What Auto Scaling needs of its caller for a launch by token, beside the call itself. */
  private static final String FOR_LAUNCHES = "ec2:CreateFleet";

  @Test
  void policyGrantsExactlyWhatIsCalled() {
    Set<String> called = new TreeSet<>();
    try (Rig rig = Rig.start()) {
      callEverything(rig);
      rig.aws.journal().entries().forEach(entry -> called.add(entry.request().permission()));
    }
    called.add(FOR_LAUNCHES);

    assertThat(new TreeSet<>(granted(_ -> true))).isEqualTo(called);
  }

  private static void callEverything(Rig rig) {
    Variant spot = new Variant("m5.large", "us-east-1a", Purchase.SPOT);
    GroupReference both = Rig.group("both", List.of(Rig.LARGE, spot));
    rig.add("both", List.of(Rig.LARGE, spot));
    rig.add("managed", List.of(Rig.LARGE));
    rig.aws.alter(
        "managed",
        group -> {
          group.byRequirements = true;
          group.tags.put("eks:cluster-name", "prod");
          group.tags.put("eks:nodegroup-name", "workers");
        });
    rig.aws.put(
        "prod", "workers", new AwsNodegroup("managed", "ACTIVE", Map.of(), List.of(), Map.of()));
    rig.addMachine("i-1");
    rig.view();
    rig.increase(1, 2);
    rig.increase(both, 0, 1, Map.of());
    rig.provider.observe(List.of(Rig.WEB, both));
    rig.provider.delete(Rig.WEB, Rig.machine("i-1"), new OperationId("delete"));
    rig.provider.discover("", Map.of());
    rig.provider.variants(Rig.group("managed", List.of()));
    rig.provider.offers(both);
    rig.provider.reservations(both);
    rig.provider.quotas(both);
    rig.aws.send(AwsEvents.interruption("i-1", Rig.NOW));
    List<Notice> notices = Rig.value(rig.provider.notices());
    rig.provider.settle(notices);
  }

  @Test
  void policyAllowsChangesOfTaggedGroupsOnly() {
    assertThat(granted(statement -> !statement.has("Condition") && isForAll(statement)))
        .isNotEmpty()
        .allMatch(permission -> permission.matches(".*:(Describe|Get|List).*"));
  }

  private static boolean isForAll(JsonNode statement) {
    return statement.path("Resource").asString("").equals("*");
  }

  private static List<String> granted(Predicate<JsonNode> statements) {
    List<String> permissions = new ArrayList<>();
    JsonNode policy = JsonMapper.builder().build().readTree(POLICY.toFile());
    for (JsonNode statement : policy.get("Statement")) {
      if (statements.test(statement)) {
        statement.get("Action").forEach(action -> permissions.add(action.stringValue()));
      }
    }
    return permissions;
  }
}
