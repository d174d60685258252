package dev.windlass.core.devices;

import static dev.windlass.core.testing.Drivers.DRIVER;
import static dev.windlass.core.testing.Drivers.all;
import static dev.windlass.core.testing.Drivers.attributes;
import static dev.windlass.core.testing.Drivers.choice;
import static dev.windlass.core.testing.Drivers.claim;
import static dev.windlass.core.testing.Drivers.constrained;
import static dev.windlass.core.testing.Drivers.gpu;
import static dev.windlass.core.testing.Drivers.gpus;
import static dev.windlass.core.testing.Drivers.model;
import static dev.windlass.core.testing.Drivers.slice;
import static dev.windlass.core.testing.Drivers.tainted;
import static dev.windlass.core.testing.Drivers.want;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.Device.Attribute;
import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceRequest.Count;
import dev.windlass.core.model.DeviceRequest.Terms;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.DeviceTaint;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of cases: one pod, one node, what its claims get. */
class DeviceBookTest {
  private static final DeviceTaint BROKEN =
      new DeviceTaint("broken", "yes", Taint.Effect.NO_SCHEDULE);

  private static Arguments granted(
      String name, List<ResourceSlice> slices, String devices, DeviceClaim... claims) {
    return Arguments.of(name, slices, List.of(claims), devices, "");
  }

  private static Arguments refused(
      String name, List<ResourceSlice> slices, String message, DeviceClaim... claims) {
    return Arguments.of(name, slices, List.of(claims), "", message);
  }

  private static Stream<Arguments> counts() {
    List<ResourceSlice> four = List.of(slice("n1", gpus(4, "a100")));
    return Stream.of(
        granted("the first device", four, "0", claim(want("r", 1))),
        granted("as many as wanted", four, "0 1 2", claim(want("r", 3))),
        granted("two requests, no device twice", four, "0 1 2", claim(want("r", 2), want("s", 1))),
        granted(
            "two claims, no device twice", four, "0 1", claim(want("r", 1)), claim(want("r", 1))),
        granted("all", four, "0 1 2 3", claim(all("r"))),
        granted("a selector", four, "2", claim(want("r", 1, index(2)))),
        granted("going back", four, "1 0", claim(want("r", 1, numa(0)), want("s", 1, index(0)))),
        refused(
            "too many",
            four,
            "wants 5 of class gpu, the node reaches 4 devices, 4 match",
            claim(want("r", 5))),
        refused("none match", four, "4 devices, 0 match", claim(want("r", 1, model("h100")))),
        refused(
            "all, but one is taken",
            four,
            "each request finds devices",
            claim(want("r", 1), all("s"))),
        refused("all of none", four, "wants all of class gpu", claim(all("r", model("h100")))),
        refused(
            "more than a claim holds",
            four,
            "asks for 33 devices, it may have 32",
            claim(want("r", 33))),
        refused(
            "a missing attribute stops",
            four,
            "no such key: color",
            claim(want("r", 1, attributes(Map.of("color", new Attribute.Flag(true)))))));
  }

  private static Stream<Arguments> lists() {
    List<ResourceSlice> mixed =
        List.of(slice("n1", List.of(gpu(0, "a100", 0), gpu(1, "a100", 0), gpu(2, "h100", 1))));
    DeviceRequest.Choice two = choice("two", new Count.Exactly(2), Terms.USUAL, model("h100"));
    DeviceRequest.Choice one = choice("one", new Count.Exactly(1), Terms.USUAL, model("h100"));
    DeviceRequest.Choice old = choice("old", new Count.Exactly(2), Terms.USUAL, model("a100"));
    return Stream.of(
        granted(
            "the first that is there",
            mixed,
            "2",
            claim(new DeviceRequest("r", List.of(two, one, old)))),
        granted(
            "the next when the first is gone",
            mixed,
            "2 0 1",
            claim(want("q", 1, model("h100")), new DeviceRequest("r", List.of(one, old)))),
        granted("a list of one", mixed, "0 1", claim(new DeviceRequest("r", List.of(old)))),
        refused(
            "none is there",
            mixed,
            "wants 2 of class gpu ({model=Text[value=h100]}), the node reaches 3 devices, 1 match",
            claim(new DeviceRequest("r", List.of(two)))),
        granted(
            "a constraint on one choice",
            mixed,
            "2",
            new DeviceClaim(
                List.of(new DeviceRequest("r", List.of(old, one))),
                List.of(
                    new DeviceClaim.Constraint(
                        DeviceClaim.Kind.DISTINCT, DRIVER + "/numa", Set.of("r/old"))))),
        refused(
            "nothing else is tried where a constraint forbids one of all",
            mixed,
            "is for all devices, and a constraint forbids",
            new DeviceClaim(
                List.of(
                    new DeviceRequest(
                        "r", List.of(choice("all", new Count.All(), Terms.USUAL), one))),
                List.of(
                    new DeviceClaim.Constraint(
                        DeviceClaim.Kind.MATCH, DRIVER + "/numa", Set.of())))));
  }

  private static Stream<Arguments> constraints() {
    List<ResourceSlice> numa =
        List.of(
            slice(
                "n1",
                List.of(
                    gpu(0, "a", 0), gpu(1, "b", 1), gpu(2, "a", 1), Device.of("bare", Map.of()))));
    return Stream.of(
        granted(
            "one value on all",
            numa,
            "1 2",
            constrained(DeviceClaim.Kind.MATCH, "numa", want("r", 2))),
        granted(
            "across requests",
            numa,
            "1 2",
            constrained(DeviceClaim.Kind.MATCH, "numa", want("r", 1), want("s", 1))),
        refused(
            "no three are alike",
            numa,
            "matchAttribute gpu.example.com/numa",
            constrained(DeviceClaim.Kind.MATCH, "numa", want("r", 3))),
        granted(
            "another on each",
            numa,
            "0 1",
            constrained(DeviceClaim.Kind.DISTINCT, "numa", want("r", 1), want("s", 1))),
        refused(
            "only two differ",
            numa,
            "distinctAttribute",
            constrained(
                DeviceClaim.Kind.DISTINCT, "numa", want("r", 1), want("s", 1), want("t", 1))),
        refused(
            "without the attribute",
            numa,
            "matchAttribute",
            constrained(DeviceClaim.Kind.MATCH, "color", want("r", 1))),
        refused(
            "types differ",
            List.of(
                slice(
                    "n1",
                    List.of(
                        Device.of("x", Map.of("v", new Attribute.Text("1"))),
                        Device.of("y", Map.of("v", new Attribute.Version("1")))))),
            "matchAttribute",
            constrained(DeviceClaim.Kind.MATCH, "v", want("r", 2))),
        granted(
            "another driver's name",
            List.of(
                slice(
                    "n1",
                    List.of(Device.of("gpu-0", Map.of("other.com/v", new Attribute.Whole(1)))))),
            "0",
            new DeviceClaim(
                List.of(want("r", 1)),
                List.of(
                    new DeviceClaim.Constraint(DeviceClaim.Kind.MATCH, "other.com/v", Set.of())))));
  }

  private static Stream<Arguments> taints() {
    List<ResourceSlice> broken =
        List.of(slice("n1", List.of(tainted(gpu(0, "a", 0), BROKEN), gpu(1, "a", 0))));
    List<ResourceSlice> noted =
        List.of(
            slice(
                "n1",
                List.of(
                    tainted(
                        gpu(0, "a", 0),
                        new DeviceTaint("broken", "yes", Taint.Effect.PREFER_NO_SCHEDULE)))));
    return Stream.of(
        granted("around a taint", broken, "1", claim(want("r", 1))),
        refused(
            "too few without",
            broken,
            "2 of these are free, 1 without a taint",
            claim(want("r", 2))),
        refused(
            "all means all",
            broken,
            "2 match, 2 of these are free, 1 without a taint",
            claim(all("r"))),
        granted("an effect that only informs", noted, "0", claim(want("r", 1))),
        granted(
            "tolerated by key",
            broken,
            "0",
            claim(tolerating("broken", Toleration.Operator.EXISTS, ""))),
        granted(
            "tolerated by value, any key",
            broken,
            "0",
            claim(tolerating("", Toleration.Operator.EQUAL, "yes"))),
        granted(
            "another value",
            broken,
            "1",
            claim(tolerating("broken", Toleration.Operator.EQUAL, "no"))));
  }

  private static DeviceRequest tolerating(String key, Toleration.Operator operator, String value) {
    DeviceTaint.Tolerated each = new DeviceTaint.Tolerated(key, operator, value, null);
    return new DeviceRequest(
        "r", List.of(choice("", new Count.Exactly(1), new Terms(false, List.of(each), Map.of()))));
  }

  private static DeviceSelector index(long index) {
    return attributes(Map.of("index", new Attribute.Whole(index)));
  }

  private static DeviceSelector numa(long numa) {
    return attributes(Map.of("numa", new Attribute.Whole(numa)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"counts", "lists", "constraints", "taints"})
  void allocatesAsKubeScheduler(
      String name,
      List<ResourceSlice> slices,
      List<DeviceClaim> claims,
      String devices,
      String message) {
    DeviceScene scene = new DeviceScene(slices);

    DeviceBook.Answer answer = scene.ask(claims);

    switch (answer) {
      case DeviceBook.Answer.Granted(Grant grant) ->
          assertThat(DeviceScene.devices(grant)).as(name).isEqualTo(devices);
      case DeviceBook.Answer.Refused(NoDevices why) ->
          assertThat(why.message())
              .as(name)
              .isNotEmpty()
              .contains(message.isEmpty() ? "granted" : message);
    }
  }

  @Test
  void adminAccessSharesADeviceThatIsTaken() {
    DeviceScene scene = new DeviceScene(List.of(slice("n1", gpus(1, "a"))));
    Terms admin = new Terms(true, List.of(), Map.of());
    DeviceClaim watching =
        claim(new DeviceRequest("r", List.of(choice("", new Count.Exactly(1), admin))));
    scene.take(claim(want("r", 1)));

    assertThat(scene.take(watching)).isEqualTo("0");
    assertThat(scene.take(watching)).isEqualTo("0");
    assertThat(scene.take(claim(want("r", 1)))).contains("0 of these are free");
  }

  @Test
  void aClassAddsItsSelectors() {
    DeviceScene scene =
        new DeviceScene(
            List.of(slice("n1", List.of(gpu(0, "a100", 0), gpu(1, "h100", 0)))),
            new DeviceClass("gpu", List.of(model("h100")), null));

    assertThat(scene.take(claim(want("r", 1)))).isEqualTo("1");
  }

  @Test
  void anInvalidSelectorNamesItsField() {
    DeviceScene scene = new DeviceScene(List.of(slice("n1", gpus(1, "a"))));
    DeviceSelector invalid = new DeviceSelector.Invalid("device.", "syntax error");

    assertThat(scene.ask(List.of(claim(want("r", 1, invalid)))))
        .isEqualTo(
            new DeviceBook.Answer.Refused(
                new NoDevices(
                    NoDevices.Cause.INVALID,
                    "claim c0 of template t0, request r: selectors[0].cel.expression: device.:"
                        + " syntax error")));
  }

  @Test
  void theBoundOnStepsIsNamed() {
    List<Device> odd = new ArrayList<>();
    for (int index = 0; index < 30; index++) {
      odd.add(gpu(index, "a", index / 11));
    }
    DeviceScene scene = new DeviceScene(List.of(slice("n1", odd)));

    assertThat(scene.take(constrained(DeviceClaim.Kind.MATCH, "numa", want("r", 12))))
        .contains("within 20000 steps, the bound on one search");
  }

  @Test
  void whatIsReleasedIsFree() {
    DeviceScene scene = new DeviceScene(List.of(slice("n1", gpus(2, "a"))));
    Grant first = scene.granted(claim(want("r", 2)));
    scene.book.take(first);

    assertThat(scene.take(claim(want("r", 1)))).contains("0 of these are free");
    scene.book.release(first);
    assertThat(scene.take(claim(want("r", 2)))).isEqualTo("0 1");
  }

  @Test
  void aLayerChangesNothingBelow() {
    DeviceScene scene = new DeviceScene(List.of(slice("n1", gpus(1, "a"))));
    DeviceBook layer = scene.book.layer();
    layer.take(scene.granted(claim(want("r", 1))));

    assertThat(layer.ask(scene.read(claim(want("r", 1))), scene.node))
        .isInstanceOf(DeviceBook.Answer.Refused.class);
    assertThat(scene.take(claim(want("r", 1)))).isEqualTo("0");
  }
}
