package dev.windlass.simulations.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class JsonPatchTest {
  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {'a':1}         | [{'op':'add','path':'/b','value':2}]                   | {'a':1,'b':2}
          {'a':[1,3]}     | [{'op':'add','path':'/a/1','value':2}]                 | {'a':[1,2,3]}
          {'a':[1]}       | [{'op':'add','path':'/a/-','value':2}]                 | {'a':[1,2]}
          {'a':1}         | [{'op':'remove','path':'/absent'}]                     | {'a':1}
          {'a':1}         | [{'op':'replace','path':'/absent','value':2}]          | {'a':1,'absent':2}
          {'a/b':1}       | [{'op':'replace','path':'/a~1b','value':2}]            | {'a/b':2}
          {'a':1}         | [{'op':'move','from':'/a','path':'/b'}]                | {'b':1}
          {'a':{'c':1}}   | [{'op':'copy','from':'/a','path':'/b'}]                | {'a':{'c':1},'b':{'c':1}}
          {'a':1}         | [{'op':'test','path':'/absent','value':null}]          | {'a':1}
          """)
  void appliesAsTheApiServerDoes(String target, String patch, String expected) {
    assertThat(JsonPatch.apply(json(target), (ArrayNode) json(patch))).isEqualTo(json(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op':'test','path':'/a','value':2}]",
        "[{'op':'add','path':'/absent/below','value':2}]",
        "[{'op':'remove','path':'/list/9'}]",
        "[{'op':'increase','path':'/a'}]",
        "[{'op':'add','path':'a','value':2}]"
      })
  void refusesTheWholePatchWhenOneOperationFails(String patch) {
    JsonNode target = json("{'a':1,'list':[1]}");

    assertThatThrownBy(() -> JsonPatch.apply(target, (ArrayNode) json(patch)))
        .isInstanceOfSatisfying(ApiFailure.class, f -> assertThat(f.code()).isEqualTo(422));
    assertThat(target).isEqualTo(json("{'a':1,'list':[1]}"));
  }
}
