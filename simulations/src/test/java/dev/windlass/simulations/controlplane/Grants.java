package dev.windlass.simulations.controlplane;

import dev.windlass.simulations.controlplane.AuditTrail.Call;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** What roles grant, compared with what was asked for. */
public final class Grants {
  private static final String ANY = "*";

  private Grants() {}

  /** Every verb on a resource, written {@code VERB RESOURCE.GROUP}, that no call has needed. */
  public static SortedSet<String> unused(List<HasMetadata> objects, List<Call> calls) {
    SortedSet<String> unused = new TreeSet<>();
    for (HasMetadata object : objects) {
      for (PolicyRule rule : rules(object)) {
        for (String group : rule.getApiGroups()) {
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

  private static List<PolicyRule> rules(HasMetadata object) {
    return switch (object) {
      case ClusterRole role -> role.getRules();
      case Role role -> role.getRules();
      default -> List.of();
    };
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
