package dev.windlass.simulations.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Shapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergePatchTest {
  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          new container comes first     | Pod  | {'spec':{'containers':[{'name':'a','image':'1'}]}} | {'spec':{'containers':[{'name':'b','image':'2'}]}} | {'spec':{'containers':[{'name':'b','image':'2'},{'name':'a','image':'1'}]}}
          known container is merged     | Pod  | {'spec':{'containers':[{'name':'a','image':'1','tty':true}]}} | {'spec':{'containers':[{'name':'a','image':'2'}]}} | {'spec':{'containers':[{'name':'a','image':'2','tty':true}]}}
          known ones keep their order   | Pod  | {'spec':{'containers':[{'name':'a'},{'name':'b'}]}} | {'spec':{'containers':[{'name':'b','image':'2'},{'name':'c'}]}} | {'spec':{'containers':[{'name':'a'},{'name':'b','image':'2'},{'name':'c'}]}}
          element is deleted            | Pod  | {'spec':{'containers':[{'name':'a'},{'name':'b'}]}} | {'spec':{'containers':[{'name':'a','$patch':'delete'}]}} | {'spec':{'containers':[{'name':'b'}]}}
          tolerations are replaced      | Pod  | {'spec':{'tolerations':[{'key':'a'}]}} | {'spec':{'tolerations':[{'key':'b'}]}} | {'spec':{'tolerations':[{'key':'b'}]}}
          taints are replaced           | Node | {'spec':{'taints':[{'key':'a'}]}} | {'spec':{'taints':[{'key':'b'}]}} | {'spec':{'taints':[{'key':'b'}]}}
          conditions merge by type      | Node | {'status':{'conditions':[{'type':'A','status':'1'}]}} | {'status':{'conditions':[{'type':'B','status':'2'}]}} | {'status':{'conditions':[{'type':'B','status':'2'},{'type':'A','status':'1'}]}}
          addresses merge by type       | Node | {'status':{'addresses':[{'type':'A','address':'1'}]}} | {'status':{'addresses':[{'type':'A','address':'2'}]}} | {'status':{'addresses':[{'type':'A','address':'2'}]}}
          finalizers are a set          | Node | {'metadata':{'finalizers':['a/b']}} | {'metadata':{'finalizers':['c/d']}} | {'metadata':{'finalizers':['c/d','a/b']}}
          null removes a member         | Node | {'metadata':{'labels':{'a':'1','b':'2'}}} | {'metadata':{'labels':{'a':null}}} | {'metadata':{'labels':{'b':'2'}}}
          a map is replaced by request  | Node | {'metadata':{'labels':{'a':'1'}}} | {'metadata':{'labels':{'$patch':'replace','b':'2'}}} | {'metadata':{'labels':{'b':'2'}}}
          a set loses by directive      | Node | {'metadata':{'finalizers':['a/b','c/d']}} | {'metadata':{'$deleteFromPrimitiveList/finalizers':['a/b']}} | {'metadata':{'finalizers':['c/d']}}
          """)
  void mergesListsAsTheTableOfTypesSays(
      String what, String type, String target, String patch, String expected) {
    ObjectNode before = json(target);

    ObjectNode after = StrategicMergePatch.apply(before, json(patch), Shapes.of(type.strip()));

    assertThat(after).as(what).isEqualTo(json(expected));
    assertThat(before).as("the target stays as it was").isEqualTo(json(target));
  }

  @Test
  void refusesAnElementWithoutItsKey() {
    ObjectNode patch = json("{'spec':{'containers':[{'image':'2'}]}}");

    assertThatThrownBy(() -> StrategicMergePatch.apply(json("{}"), patch, Shapes.of("Pod")))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("does not contain declared merge key: name");
  }
}
