package dev.windlass.core.scheduling;

import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.testing.Pods;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** InterPodAffinity, required terms: case by case. */
class InterPodAffinityTableTest {
  private static final String HOST = "kubernetes.io/hostname";

  private static Map<String, String> app(String app) {
    return Map.of("app", app);
  }

  private static PodAffinityTerm term(String app, String key) {
    return term(app, key, Set.of("default"), null);
  }

  private static PodAffinityTerm term(
      String app, String key, Set<String> namespaces, @Nullable LabelSelector byLabel) {
    return new PodAffinityTerm(key, new LabelSelector(app(app), List.of()), namespaces, byLabel);
  }

  private static Pods near(PodAffinityTerm... terms) {
    return with(List.of(terms), List.of());
  }

  private static Pods apart(PodAffinityTerm... terms) {
    return with(List.of(), List.of(terms));
  }

  private static Pods with(List<PodAffinityTerm> affinity, List<PodAffinityTerm> antiAffinity) {
    return pod("new")
        .labels(app("web"))
        .rules(new PodPlacementRules(Map.of(), null, List.of(), affinity, antiAffinity, List.of()));
  }

  private static Pods named(String name, Pods pod) {
    return pod.named(name);
  }

  private static Pods plain(String name, String app) {
    return pod(name).labels(app(app));
  }

  private static Ground four() {
    return Ground.of("a1 zone=a", "a2 zone=a", "b1 zone=b", "x1");
  }

  private static Ground dbOnA1() {
    return four().running("a1", plain("db", "db"));
  }

  static Stream<Arguments> affinity() {
    LabelSelector team = new LabelSelector(Map.of("team", "x"), List.of());
    PodAffinityTerm teams = term("db", "zone", Set.of(), team);
    return Stream.of(
        Arguments.of("nobody there", four(), near(term("db", "zone")), ""),
        Arguments.of("in the zone", dbOnA1(), near(term("db", "zone")), "a1 a2"),
        Arguments.of("on the host", dbOnA1(), near(term("db", HOST)), "a1"),
        Arguments.of("other labels", dbOnA1(), near(term("cache", "zone")), ""),
        Arguments.of(
            "another namespace",
            four().running("a1", plain("db", "db").namespace("other")),
            near(term("db", "zone")),
            ""),
        Arguments.of(
            "a namespace that the term names",
            four().running("a1", plain("db", "db").namespace("other")),
            near(term("db", "zone", Set.of("other"), null)),
            "a1 a2"),
        Arguments.of(
            "a namespace by its labels",
            four()
                .namespace("other", Map.of("team", "x"))
                .running("b1", plain("db", "db").namespace("other")),
            near(teams),
            "b1"),
        Arguments.of(
            "a namespace with other labels",
            four()
                .namespace("other", Map.of("team", "y"))
                .running("b1", plain("db", "db").namespace("other")),
            near(teams),
            ""),
        Arguments.of(
            "every namespace",
            four().running("b1", plain("db", "db").namespace("other")),
            near(term("db", "zone", Set.of(), LabelSelector.EVERYTHING)),
            "b1"),
        Arguments.of(
            "a pod that ends counts",
            four().running("a1", plain("db", "db").deleted(Pods.NOON)),
            near(term("db", "zone")),
            "a1 a2"),
        Arguments.of(
            "the first of its kind begins anywhere with the key",
            four(),
            near(term("web", "zone")),
            "a1 a2 b1"),
        Arguments.of(
            "the second goes to the first",
            four().running("b1", plain("w", "web")),
            near(term("web", "zone")),
            "b1"),
        Arguments.of(
            "one of its kind where the key is missing does not keep it from beginning",
            four().running("x1", plain("w", "web")),
            near(term("web", "zone")),
            "a1 a2 b1"),
        Arguments.of(
            "two terms met by one pod",
            Ground.of("a1 zone=a rack=1", "a2 zone=a rack=2").running("a1", plain("db", "db")),
            near(term("db", "zone"), term("db", "rack")),
            "a1"),
        Arguments.of(
            "two terms met by different pods",
            four().running("a1", plain("db", "db"), plain("cache", "cache")),
            near(term("db", "zone"), term("cache", "zone")),
            ""),
        Arguments.of(
            "affinity and anti-affinity",
            dbOnA1(),
            with(List.of(term("db", "zone")), List.of(term("db", HOST))),
            "a2"));
  }

  static Stream<Arguments> antiAffinity() {
    return Stream.of(
        Arguments.of("nobody there", four(), apart(term("db", "zone")), "a1 a2 b1 x1"),
        Arguments.of("out of the zone", dbOnA1(), apart(term("db", "zone")), "b1 x1"),
        Arguments.of("off the host", dbOnA1(), apart(term("db", HOST)), "a2 b1 x1"),
        Arguments.of(
            "off the host, but another namespace",
            four().running("a1", plain("db", "db").namespace("other")),
            apart(term("db", HOST)),
            "a1 a2 b1 x1"),
        Arguments.of(
            "one of two terms", dbOnA1(), apart(term("db", HOST), term("web", "zone")), "a2 b1 x1"),
        Arguments.of(
            "a running pod's word against it",
            four().running("b1", named("r", apart(term("web", "zone"))).labels(app("db"))),
            plain("new", "web"),
            "a1 a2 x1"),
        Arguments.of(
            "a running pod's word against others",
            four().running("b1", named("r", apart(term("cache", "zone")))),
            plain("new", "web"),
            "a1 a2 b1 x1"),
        Arguments.of(
            "a running pod's word in another namespace",
            four().running("b1", named("r", apart(term("web", "zone"))).namespace("other")),
            plain("new", "web").namespace("third"),
            "a1 a2 b1 x1"),
        Arguments.of(
            "a running pod's word across namespaces",
            four()
                .running(
                    "b1",
                    named("r", apart(term("web", "zone", Set.of("third"), null)))
                        .namespace("other")),
            plain("new", "web").namespace("third"),
            "a1 a2 x1"),
        Arguments.of(
            "the word of a pod that ends",
            four()
                .running(
                    "b1",
                    named("r", apart(term("web", "zone"))).labels(app("db")).deleted(Pods.NOON)),
            plain("new", "web"),
            "a1 a2 x1"),
        Arguments.of(
            "a running pod's word where the key is missing binds nobody",
            four().running("x1", named("r", apart(term("web", "zone"))).labels(app("db"))),
            plain("new", "web"),
            "a1 a2 b1 x1"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource({"affinity", "antiAffinity"})
  void allows(String what, Ground ground, Pods pending, String nodes) {
    assertThat(ground.allowed(pending)).as(what).isEqualTo(nodes);
  }
}
