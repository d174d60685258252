package dev.windlass.simulations.apiserver.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class SchemaTest {
  private static final Schema SCHEMA =
      Schema.of(
          Json.parse(
              """
              {"type":"object","required":["spec"],"properties":{"spec":{"type":"object","required":["provider"],"properties":{
                "provider":{"type":"string","enum":["aws","gcp"]},
                "size":{"type":"integer","format":"int32","minimum":0,"maximum":10,"default":3},
                "ratio":{"type":"number","multipleOf":0.5,"exclusiveMinimum":true,"minimum":0},
                "name":{"type":"string","pattern":"^[a-z]+$","minLength":2,"maxLength":5},
                "zones":{"type":"array","maxItems":2,"x-kubernetes-list-type":"set","items":{"type":"string"}},
                "groups":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                  "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"weight":{"type":"integer","default":1}}}},
                "share":{"x-kubernetes-int-or-string":true},
                "since":{"type":"string","format":"date-time"},
                "labels":{"type":"object","maxProperties":1,"additionalProperties":{"type":"string"}},
                "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}\
              """));

  private static ObjectNode object(String spec) {
    return (ObjectNode) Json.parse(("{'spec':" + spec + "}").replace('\'', '"'));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {'provider':'aws'}                                            | -
          {}                                                            | FieldValueRequired spec.provider
          {'provider':'azure'}                                          | FieldValueNotSupported spec.provider
          {'provider':5}                                                | FieldValueTypeInvalid spec.provider
          {'provider':'aws','size':-1}                                  | FieldValueInvalid spec.size
          {'provider':'aws','size':11}                                  | FieldValueInvalid spec.size
          {'provider':'aws','size':1.5}                                 | FieldValueTypeInvalid spec.size
          {'provider':'aws','ratio':0.7}                                | FieldValueInvalid spec.ratio
          {'provider':'aws','ratio':0}                                  | FieldValueInvalid spec.ratio
          {'provider':'aws','name':'ABC'}                               | FieldValueInvalid spec.name
          {'provider':'aws','name':'a'}                                 | FieldValueInvalid spec.name
          {'provider':'aws','name':'abcdef'}                            | FieldValueTooLong spec.name
          {'provider':'aws','zones':['a','a']}                          | FieldValueDuplicate spec.zones[1]
          {'provider':'aws','zones':['a','b','c']}                      | FieldValueTooMany spec.zones
          {'provider':'aws','groups':[{'name':'a'},{'name':'a'}]}       | FieldValueDuplicate spec.groups[1]
          {'provider':'aws','groups':[{'weight':1}]}                    | FieldValueRequired spec.groups[0].name
          {'provider':'aws','share':true}                               | FieldValueTypeInvalid spec.share
          {'provider':'aws','share':'25%'}                              | -
          {'provider':'aws','since':'yesterday'}                        | FieldValueInvalid spec.since
          {'provider':'aws','labels':{'a':'1','b':'2'}}                 | FieldValueTooMany spec.labels
          {'provider':'aws','labels':{'a':1}}                           | FieldValueTypeInvalid spec.labels.a
          {'provider':'aws','free':{'any':[1,'x']}}                     | -
          """)
  void namesTheFieldAndTheReasonOfEachRefusal(String spec, String expected) {
    var causes = SchemaRules.check(SCHEMA, object(spec), null);

    assertThat(causes.stream().map(SchemaTest::shown).findFirst().orElse("-")).isEqualTo(expected);
  }

  private static String shown(Cause cause) {
    return cause.reason() + " " + cause.field();
  }

  @Test
  void fillsInDefaultsAndDropsNullsThatAreNotAllowed() {
    ObjectNode object = object("{'provider':'aws','name':null,'groups':[{'name':'g'}]}");

    Defaulting.apply(SCHEMA, object);

    assertThat(object)
        .isEqualTo(object("{'provider':'aws','groups':[{'name':'g','weight':1}],'size':3}"));
  }

  @Test
  void takesAwayAndNamesWhatItDoesNotKnow() {
    Pruning pruning = new Pruning();

    ObjectNode pruned =
        pruning.prune(
            SCHEMA,
            object("{'provider':'aws','bogus':1,'free':{'x':1},'groups':[{'name':'g','y':2}]}"));

    assertThat(pruned)
        .isEqualTo(object("{'provider':'aws','free':{'x':1},'groups':[{'name':'g'}]}"));
    assertThat(pruning.unknown()).containsExactly("spec.bogus", "spec.groups[0].y");
  }
}
