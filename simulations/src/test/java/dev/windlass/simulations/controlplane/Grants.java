package dev.windlass.simulations.controlplane;

import dev.windlass.simulations.controlplane.AuditTrail.Call;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What roles grant, compared with what was asked for. */
public final class Grants {
  private static final String ANY = "*";
  private static final String DAEMON = "windlass";

  private Grants() {}

  /**
   * Every verb on a resource, written {@code VERB RESOURCE.GROUP}, that the daemon may and no call
   * has needed.
   *
   * @param served the API groups that the cluster has; nobody can ask for others
   */
  public static SortedSet<String> unused(
      List<HasMetadata> objects, List<Call> calls, Set<String> served) {
    SortedSet<String> unused = new TreeSet<>();
    for (HasMetadata object : objects) {
      for (PolicyRule rule : rules(object)) {
        for (String group : rule.getApiGroups().stream().filter(served::contains).toList()) {
          for (String resource : rule.getResources()) {
            rule.getVerbs().stream()
                .filter(verb -> calls.stream().noneMatch(it -> needs(it, verb, group, resource)))
                .forEach(verb -> unused.add(verb + " " + resource + "." + group));
          }
        }
      }
    }
    return unused;
  }

  /** The rules of an object that grants the daemon something; of others none. */
  static List<PolicyRule> rules(HasMetadata object) {
    return switch (object) {
      case HasMetadata other when !other.getMetadata().getName().equals(DAEMON) -> List.of();
      case ClusterRole role -> role.getRules();
      case Role role -> role.getRules();
      default -> List.of();
    };
  }

  /** Whether a call needs a verb of a rule. */
  static boolean needs(Call call, String verb, PolicyRule rule) {
    return rule.getApiGroups().stream()
        .anyMatch(group ->
            rule.getResources().stream().anyMatch(resource -> needs(call, verb, group, resource)));
  }

  private static boolean needs(Call call, String verb, String group, String resource) {
    return call.group().equals(group)
        && (resource.equals(ANY) || resource.equals(call.resource()))
        && (call.verb().equals(verb) || (verb.equals("create") && madeByPatch(call)));
  }

  /** An apply of an object that is not there needs the right to create it, too. */
  private static boolean madeByPatch(Call call) {
    return Objects.equals(call.verb(), "patch") && call.status() == 201;
  }
}
