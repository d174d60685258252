package dev.windlass.daemon.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ScaleTarget;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomTargetDecoderTest {
  private static Decoded<ScaleTarget> decode(String fields) {
    String text =
        "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: web}, " + fields + "}";
    return new CustomTargetDecoder(new PodSpecDecoder(new Interner(), AdmissionDefaults.NONE))
        .decode(Manifests.read(text, Deployment.class));
  }

  private static ScaleTarget target(String fields) {
    return decode(fields).toOptional().orElseThrow();
  }

  @Test
  void sizesAreThoseOfTheScale() {
    ScaleTarget target = target("spec: {replicas: 3}, status: {replicas: 5}");

    assertThat(target.specReplicas()).isEqualTo(3);
    assertThat(target.statusReplicas()).isEqualTo(5);
    assertThat(target.ref().apiVersion()).isEqualTo("argoproj.io/v1alpha1");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spec: {selector: {matchLabels: {app: web}}}                      | true
          status: {selector: app=web}                                      | true
          status: {selector: 'app==web,tier=front'}                        | true
          spec: {selector: {matchLabels: {app: db}}}, status: {selector: app=web} | false
          status: {selector: app=db}                                       | false
          """)
  void selectorIsAMapOrElseTheStatusText(String fields, boolean matches) {
    LabelSelector selector = requireNonNull(target(fields).selector());

    assertThat(selector.matches(Map.of("app", "web", "tier", "front"))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {replicas: 1}",
        "spec: {selector: {}}",
        "status: {selector: ''}",
        "status: {selector: app!=web}",
        "status: {selector: 'app in (web)'}"
      })
  void selectorThatSelectsNothingCertainIsNone(String fields) {
    assertThat(target(fields).selector()).isNull();
  }

  @Test
  void templateThatIsNoPodsIsUnknown() {
    assertThat(target("spec: {template: {name: small}}").template()).isNull();
    assertThat(target("spec: {template: {spec: {containers: [{name: a, image: b}]}}}").template())
        .isNotNull();
  }

  @Test
  void selectorWithAnUnknownOperatorIsNamed() {
    Decoded<ScaleTarget> decoded =
        decode("spec: {selector: {matchExpressions: [{key: app, operator: Like, values: [web]}]}}");

    assertThat(Manifests.problemFields(decoded))
        .containsExactly("spec.selector.matchExpressions[0].operator");
  }
}
