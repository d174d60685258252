package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.provider.testkit.aws.AwsRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The policy that is shipped grants what the provider calls, and nothing else. */
class LeastPrivilegeIT {
  private static final Path POLICY = Path.of("..", "..", "deploy", "policies", "aws.json");

  @Test
  void policyGrantsExactlyWhatIsCalled() {
    try (Rig rig = Rig.start()) {
      rig.addMachine("i-1");
      rig.increase(1, 2);
      rig.view();
      rig.delete("i-1");

      assertThat(granted(statement -> true))
          .containsExactlyInAnyOrderElementsOf(
              rig.aws.journal().stream().map(AwsRequest::permission).distinct().toList());
    }
  }

  @Test
  void policyAllowsChangesOfTaggedGroupsOnly() {
    assertThat(granted(statement -> !statement.has("Condition")))
        .isNotEmpty()
        .allMatch(permission -> permission.contains(":Describe"));
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
