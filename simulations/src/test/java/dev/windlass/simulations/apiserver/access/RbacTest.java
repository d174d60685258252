package dev.windlass.simulations.apiserver.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.access.Rbac.RoleTypes;
import dev.windlass.simulations.apiserver.model.BuiltInTypes;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RbacTest {
  private static final User DAEMON = User.account("windlass", "daemon", "u");
  private final ObjectStore store = new ObjectStore(100);
  private final RoleTypes types =
      new RoleTypes(
          type("roles"), type("clusterroles"), type("rolebindings"), type("clusterrolebindings"));
  private final Rbac rbac = new Rbac(store, types);

  private static ResourceType type(String plural) {
    return BuiltInTypes.all().stream()
        .filter(t -> t.plural().equals(plural))
        .findFirst()
        .orElseThrow();
  }

  @BeforeEach
  void roles() {
    put(
        types.clusterRoles(),
        "",
        "reader",
        "{'rules':[{'apiGroups':[''],'resources':['nodes','pods','pods/log'],'verbs':['get','list']},{'nonResourceURLs':['/metrics','/debug/*'],'verbs':['get']}]}");
    put(
        types.roles(),
        "windlass",
        "leases",
        "{'rules':[{'apiGroups':['coordination.k8s.io'],'resources':['leases'],'resourceNames':['leader'],'verbs':['*']}]}");
    put(
        types.clusterRoleBindings(),
        "",
        "b",
        "{'roleRef':{'kind':'ClusterRole','name':'reader'},'subjects':[{'kind':'ServiceAccount','namespace':'windlass','name':'daemon'}]}");
    put(
        types.roleBindings(),
        "windlass",
        "l",
        "{'roleRef':{'kind':'Role','name':'leases'},'subjects':[{'kind':'Group','name':'system:serviceaccounts:windlass'}]}");
    put(
        types.roleBindings(),
        "other",
        "absent",
        "{'roleRef':{'kind':'Role','name':'absent'},'subjects':[{'kind':'Group','name':'system:authenticated'}]}");
  }

  private void put(ResourceType type, String namespace, String name, String json) {
    ObjectNode object = (ObjectNode) Json.parse(json.replace('\'', '"'));
    object
        .putObject("metadata")
        .put("namespace", namespace)
        .put("name", name)
        .put("uid", type.plural() + name);
    assertThat(store.create(type, new ObjectKey(namespace, name), object)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          get    | ''                  | nodes  | ''     | ''       | n      | true
          create | ''                  | nodes  | ''     | ''       | n      | false
          list   | ''                  | pods   | ''     | other    | ''     | true
          get    | ''                  | pods   | log    | other    | p      | true
          create | ''                  | pods   | exec   | other    | p      | false
          update | coordination.k8s.io | leases | ''     | windlass | leader | true
          update | coordination.k8s.io | leases | ''     | windlass | x      | false
          update | coordination.k8s.io | leases | ''     | other    | leader | false
          get    | apps                | nodes  | ''     | ''       | n      | false
          """)
  void allowsWhatTheRolesOfAServiceAccountSay(
      String verb,
      String group,
      String resource,
      String part,
      String namespace,
      String name,
      boolean allowed) {
    Access access = new Access(verb, group, resource, part, namespace, name, "");

    assertThat(rbac.allows(DAEMON, access).isPresent()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"/metrics,true", "/debug/pprof,true", "/secret,false", "/apis,true", "/healthz,true"})
  void allowsPathsByPrefixAndDiscoveryToEverybodyKnown(String path, boolean allowed) {
    assertThat(rbac.allows(DAEMON, Access.path("get", path)).isPresent()).isEqualTo(allowed);
  }

  @Test
  void allowsTheAnonymousNothingButHealthAndVersion() {
    assertThat(rbac.allows(User.ANONYMOUS, Access.path("get", "/version"))).isPresent();
    assertThat(rbac.allows(User.ANONYMOUS, Access.path("get", "/apis"))).isEmpty();
    assertThat(rbac.allows(User.ANONYMOUS, new Access("list", "", "nodes", "", "", "", "")))
        .isEmpty();
  }

  @Test
  void allowsMastersEverythingWithoutARole() {
    User master = new User("root", "", List.of("system:masters"));

    assertThat(rbac.allows(master, new Access("delete", "x", "y", "z", "n", "m", ""))).isPresent();
  }
}
