package dev.windlass.simulations.apiserver.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ExpressionsTest {
  private static final Schema SCHEMA =
      Schema.of(
          Json.parse(
              """
              {"type":"object","properties":{"spec":{"type":"object",
                "x-kubernetes-validations":[
                  {"rule":"self.min <= self.max","message":"min must not exceed max"},
                  {"rule":"!has(self.zones) || self.zones.size() <= 2",
                   "messageExpression":"self.zones.size() > 3 ? 'far too many' : 'too many'",
                   "reason":"FieldValueForbidden","fieldPath":".zones"}],
                "properties":{
                  "min":{"type":"integer","default":0},
                  "max":{"type":"integer","maximum":10},
                  "share":{"type":"number","x-kubernetes-validations":[{"rule":"self < 0.5"}]},
                  "provider":{"type":"string","x-kubernetes-validations":[
                    {"rule":"self == oldSelf","message":"provider is immutable"}]},
                  "zones":{"type":"array","items":{"type":"string"}},
                  "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true,
                    "x-kubernetes-validations":[{"rule":"!has(self.a) || self.a > 1","message":"a"}]},
                  "groups":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                    "items":{"type":"object","properties":{"name":{"type":"string"},"size":{"type":"integer"}},
                      "x-kubernetes-validations":[{"rule":"self.size >= oldSelf.size","message":"shrinks"}]}}}}}}\
              """));

  private static ObjectNode object(String spec) {
    return (ObjectNode) Json.parse(("{'spec':" + spec + "}").replace('\'', '"'));
  }

  private static List<String> broken(String spec, String before) {
    return SchemaRules.check(SCHEMA, object(spec), before.isEmpty() ? null : object(before))
        .stream()
        .map(cause -> cause.field() + " " + cause.message())
        .toList();
  }

  @ParameterizedTest(name = "{0} after {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      emptyValue = "",
      textBlock =
          """
          {'min':1,'max':2}                     | -                     | -
          {'min':3,'max':2}                     | -                     | spec Invalid value: min must not exceed max
          {'min':0,'max':2,'zones':['a','b']}   | -                     | -
          {'min':0,'max':2,'zones':[1,2,3]}     | -                     | spec.zones Forbidden: too many
          {'min':0,'max':2,'zones':[1,2,3,4]}   | -                     | spec.zones Forbidden: far too many
          {'min':0,'max':2,'share':0.7}         | -                     | spec.share Invalid value: 0.7: failed rule: self < 0.5
          {'min':0,'max':2,'share':0}           | -                     | -
          {'min':0,'max':2,'provider':'b'}      | -                     | -
          {'min':0,'max':2,'provider':'a'}      | {'provider':'a'}      | -
          {'min':0,'max':2,'provider':'b'}      | {'provider':'a'}      | spec.provider Invalid value: "b": provider is immutable
          {'min':0,'max':2,'free':{'a':1}}      | -                     | spec.free Invalid value: a
          {'min':0,'max':2,'free':{'b':1}}      | -                     | -
          {'min':0,'max':2,'groups':[{'name':'a','size':1}]} | {'groups':[{'name':'b','size':9}]} | -
          {'min':0,'max':2,'groups':[{'name':'a','size':1}]} | {'groups':[{'name':'a','size':9}]} | spec.groups[0] Invalid value: shrinks
          """)
  void refusesWhatBreaksARule(String spec, String before, String expected) {
    List<String> causes =
        broken(
            spec.replace("[1,2,3", "['1','2','3'").replace(",4]", ",'4']"),
            before.strip().equals("-") ? "" : before);

    assertThat(causes).isEqualTo(expected.equals("-") ? List.of() : List.of(expected));
  }

  @Test
  void saysThatRulesWereNotRunWhereTheObjectIsWrongOtherwise() {
    assertThat(broken("{'min':'one','max':2}", ""))
        .hasSize(2)
        .anyMatch(cause -> cause.startsWith("spec.min "))
        .anyMatch(cause -> cause.startsWith("<nil> Invalid value: null: some validation rules"));
  }

  @Test
  void runsTheRulesWhereANumberIsButTooLarge() {
    assertThat(broken("{'min':30,'max':20}", ""))
        .hasSize(2)
        .anyMatch(cause -> cause.startsWith("spec.max "))
        .contains("spec Invalid value: min must not exceed max");
  }

  @Test
  void aDefinitionWhoseRuleDoesNotCompileIsRefused() {
    List<Cause> causes =
        DefinitionRules.check(
            Json.parse(
                """
                {"metadata":{"name":"pails.test"},"spec":{"group":"test","scope":"Namespaced",
                "names":{"kind":"Pail","plural":"pails"},"versions":[{"name":"v1","served":true,"storage":true,
                "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
                "x-kubernetes-validations":[{"rule":"self.absent > 1"}]}}}}}]}}\
                """));

    assertThat(causes)
        .singleElement()
        .satisfies(cause -> {
          assertThat(cause.field())
              .isEqualTo(
                  "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule");
          assertThat(cause.message()).contains("undefined field 'absent'");
        });
  }
}
