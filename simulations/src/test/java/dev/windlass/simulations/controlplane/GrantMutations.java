package dev.windlass.simulations.controlplane;

import dev.windlass.simulations.controlplane.AuditTrail.Call;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes each verb of each rule of the daemon's roles away, one after the other, and asks the real
 * authorizer whether a call that the daemon has made would be refused now.
 */
public final class GrantMutations {
  private static final int MAX_LOOKS = 60;
  private static final long PAUSE_MILLIS = 50;

  private final KubernetesClient admin;
  private final List<Call> calls;

  /** Mutations that are compared with these calls. */
  public GrantMutations(KubernetesClient admin, List<Call> calls) {
    this.admin = admin;
    this.calls = calls.stream().distinct().toList();
  }

  /**
   * What was tried.
   *
   * @param tried how many verbs were taken away from a rule
   * @param unnoticed those that no call needs, each written {@code VERB of RULE}
   */
  public record Result(int tried, List<String> unnoticed) {}

  /** Tries every verb of these roles; puts each back. */
  public Result of(List<HasMetadata> objects) throws InterruptedException {
    List<String> unnoticed = new ArrayList<>();
    int tried = 0;
    for (HasMetadata role : objects) {
      List<PolicyRule> rules = Grants.rules(role);
      for (int index = 0; index < rules.size(); index++) {
        for (String verb : rules.get(index).getVerbs()) {
          tried++;
          if (!isNoticed(role, index, verb)) {
            unnoticed.add(verb + " of " + rules.get(index));
          }
        }
      }
      if (!rules.isEmpty()) {
        write(role, rules);
      }
    }
    return new Result(tried, unnoticed);
  }

  private boolean isNoticed(HasMetadata role, int index, String verb) throws InterruptedException {
    List<PolicyRule> rules = new ArrayList<>(Grants.rules(role));
    PolicyRule rule = rules.get(index);
    List<Call> concerned = calls.stream().filter(call -> Grants.needs(call, verb, rule)).toList();
    List<String> verbs = new ArrayList<>(rule.getVerbs());
    verbs.remove(verb);
    if (verbs.isEmpty()) {
      rules.remove(index);
    } else {
      rules.set(index, new PolicyRuleBuilder(rule).withVerbs(verbs).build());
    }
    write(role, rules);
    for (int look = 0; look < MAX_LOOKS && !concerned.isEmpty(); look++) {
      for (Call call : concerned) {
        if (!isAllowed(call, verb)) {
          return true;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return false;
  }

  private void write(HasMetadata role, List<PolicyRule> rules) {
    switch (role) {
      case ClusterRole whole ->
          admin
              .resource(new ClusterRoleBuilder(whole).withRules(rules).build())
              .forceConflicts()
              .serverSideApply();
      case Role part ->
          admin
              .resource(new RoleBuilder(part).withRules(rules).build())
              .forceConflicts()
              .serverSideApply();
      default -> throw new IllegalArgumentException(role.getKind() + " has no rules");
    }
  }

  private boolean isAllowed(Call call, String verb) {
    String[] resource = call.resource().split("/", 2);
    SubjectAccessReview review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(InstalledChart.USER)
            .withGroups("system:serviceaccounts", "system:authenticated")
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup(call.group())
            .withResource(resource[0])
            .withSubresource(resource.length > 1 ? resource[1] : "")
            .withNamespace(call.namespace())
            .withName(call.name())
            .endResourceAttributes()
            .endSpec()
            .build();
    return admin.resource(review).create().getStatus().getAllowed();
  }
}
