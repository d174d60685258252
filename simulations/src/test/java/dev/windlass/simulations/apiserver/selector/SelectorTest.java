package dev.windlass.simulations.apiserver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.BuiltInTypes;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SelectorTest {
  private static final JsonNode POD =
      Json.parse(
          """
          {"metadata":{"name":"p","namespace":"n","labels":{"env":"prod","tier":"web","size":"5"}},
           "spec":{"nodeName":"n1"},"status":{"phase":"Running"}}\
          """);
  private static final ResourceType PODS =
      BuiltInTypes.all().stream().filter(ResourceType::isPod).findFirst().orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          env=prod                | true
          env==prod,tier=web      | true
          env!=prod               | false
          absent!=x               | true
          env in (dev,prod)       | true
          env notin (dev,prod)    | false
          env                     | true
          !env                    | false
          !absent                 | true
          size>4                  | true
          size<4                  | false
          env=                    | false
          """)
  void labelSelectorsMatchAsDocumented(String selector, boolean matches) {
    assertThat(LabelSelectorParser.parse(selector).matches(POD)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"env===prod", "a b", "env=-bad-", "-x=y", "env,", "tier in (web"})
  void refusesLabelSelectorsThatAreNone(String selector) {
    assertThatThrownBy(() -> LabelSelectorParser.parse(selector))
        .isInstanceOfSatisfying(ApiFailure.class, f -> assertThat(f.code()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metadata.name=p                         | true
          metadata.namespace!=n                   | false
          spec.nodeName=n1,status.phase=Running   | true
          spec.nodeName=                          | false
          status.nominatedNodeName=               | true
          spec.hostNetwork=false                  | true
          """)
  void fieldSelectorsOfPodsMatchAsDocumented(String selector, boolean matches) {
    assertThat(FieldSelector.parse(selector, PODS).matches(POD)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec.priority=0", "metadata.labels.x=y", "nonsense", "spec.nodeName"})
  void refusesFieldsThatCannotBeSelected(String selector) {
    assertThatThrownBy(() -> FieldSelector.parse(selector, PODS))
        .isInstanceOfSatisfying(ApiFailure.class, f -> assertThat(f.code()).isEqualTo(400));
  }
}
