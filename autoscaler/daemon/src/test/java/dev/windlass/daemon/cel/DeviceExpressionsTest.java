package dev.windlass.daemon.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.Device.Attribute;
import dev.windlass.core.model.DeviceCapacity;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.DeviceSelector.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceExpressionsTest {
  private static final String GPU = "device.attributes['gpu.example.com']";
  private static final Device DEVICE =
      new Device(
          "gpu-0",
          Map.of(
              "model", new Attribute.Text("A100"),
              "index", new Attribute.Whole(3),
              "healthy", new Attribute.Flag(true),
              "driver", new Attribute.Version("550.54.15"),
              "other.com/link", new Attribute.Text("up")),
          Map.of("memory", new DeviceCapacity(new BigDecimal("85899345920"), null)),
          List.of(),
          Map.of(),
          Device.Sharing.USUAL);

  private static Verdict ask(String expression) {
    return new DeviceExpressions().apply(expression).ask("gpu.example.com", DEVICE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "device.driver == 'gpu.example.com'",
        "!device.allowMultipleAllocations",
        GPU + ".model == 'A100' && " + GPU + ".index > 2",
        GPU + ".healthy",
        "device.attributes['other.com'].link == 'up'",
        "!has(device.attributes['absent.com'].x)",
        "'other.com' in device.attributes && !('absent.com' in device.attributes)",
        "'model' in " + GPU,
        "device.capacity['gpu.example.com'].memory == quantity('80Gi')",
        "device.capacity['gpu.example.com'].memory.compareTo(quantity('79Gi')) > 0",
        "device.capacity['gpu.example.com'].memory.sub(quantity('80Gi')).sign() == 0",
        "device.capacity['gpu.example.com'].memory.isGreaterThan(quantity('10Gi').add(5))",
        "quantity('2').asInteger() == 2 && !quantity('1500m').isInteger()",
        "!isQuantity('ten')",
        GPU + ".driver.isGreaterThan(semver('550.9.0'))",
        GPU + ".driver.major() == 550",
        "semver('v1.0', true).compareTo(semver('1.0.0')) == 0",
        "semver('1.0.0-rc.2').isLessThan(semver('1.0.0-rc.10'))",
        "!isSemver('1.0')",
        "cel.bind(gpu, " + GPU + ", gpu.model.startsWith('A') && gpu.index == 3)",
        "['A100', 'H100'].exists(model, " + GPU + ".model == model)",
        GPU + ".?absent.orValue('no') == 'no'",
        GPU + ".model.lowerAscii().matches('^a[0-9]+$')",
        "sets.contains(['A100', 'H100'], [" + GPU + ".model])"
      })
  void matches(String expression) {
    assertThat(ask(expression)).isEqualTo(Verdict.MATCH);
  }

  @Test
  void aDeviceOfAnotherKindDoesNotMatch() {
    assertThat(ask(GPU + ".model == 'H100'")).isEqualTo(Verdict.NO_MATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GPU + ".absent == 1",
        "device.attributes['absent.com'].x == 1",
        GPU + ".model",
        "quantity('ten').sign() == 0",
        GPU + ".driver > 1"
      })
  void failsOnTheDevice(String expression) {
    assertThat(ask(expression)).isInstanceOf(Verdict.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 +",
        "device.",
        "device.name == 'x'",
        "device.driver == 5",
        "device.driver",
        "quantity('1')",
        "unknown(1)",
        "device['driver'] == 'x'"
      })
  void isRefusedAsByKubernetes(String expression) {
    assertThat(new DeviceExpressions().apply(expression))
        .isInstanceOf(DeviceSelector.Invalid.class);
  }

  @Test
  void anExpressionIsBoundedInLength() {
    assertThat(new DeviceExpressions().apply("true || " + "'" + "x".repeat(10_240) + "' == ''"))
        .isInstanceOf(DeviceSelector.Invalid.class);
  }

  @Test
  void anExpressionIsBoundedInCost() {
    String list = "[1,2,3,4,5,6,7,8,9,10]";
    String loops = "true";
    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      loops = list + ".all(" + name + ", " + loops + ")";
    }

    assertThat(ask(loops))
        .isInstanceOfSatisfying(
            Verdict.Failed.class,
            failed -> assertThat(failed.why()).contains("costs more than 1000000 units"));
  }

  @Test
  void textCannotGrowBeyondTheBound() {
    String grown = "size(h) > 0";
    for (char name = 'h'; name > 'a'; name--) {
      String before = String.valueOf((char) (name - 1));
      String sum = String.join(" + ", List.of(before, before, before, before, before, before));
      grown = "cel.bind(" + name + ", " + sum + " + " + sum + ", " + grown + ")";
    }

    assertThat(ask("cel.bind(a, 'xxxxxxxxxxxxxxxx', " + grown + ")"))
        .isInstanceOf(Verdict.Failed.class);
  }

  @Test
  void equalExpressionsAreEqualSelectors() {
    DeviceExpressions expressions = new DeviceExpressions();

    assertThat(expressions.apply("device.driver == 'a'"))
        .isEqualTo(new DeviceExpressions().apply("device.driver == 'a'"))
        .isNotEqualTo(expressions.apply("device.driver == 'b'"));
  }
}
