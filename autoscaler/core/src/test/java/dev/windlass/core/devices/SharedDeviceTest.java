package dev.windlass.core.devices;

import static dev.windlass.core.testing.Drivers.DRIVER;
import static dev.windlass.core.testing.Drivers.all;
import static dev.windlass.core.testing.Drivers.choice;
import static dev.windlass.core.testing.Drivers.claim;
import static dev.windlass.core.testing.Drivers.consuming;
import static dev.windlass.core.testing.Drivers.gpu;
import static dev.windlass.core.testing.Drivers.gpus;
import static dev.windlass.core.testing.Drivers.model;
import static dev.windlass.core.testing.Drivers.partitioned;
import static dev.windlass.core.testing.Drivers.shared;
import static dev.windlass.core.testing.Drivers.slice;
import static dev.windlass.core.testing.Drivers.want;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceCapacity;
import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceRequest.Count;
import dev.windlass.core.model.DeviceRequest.Terms;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.ResourceSlice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of cases, second part: what is shared, and among whom. */
class SharedDeviceTest {
  private static Arguments granted(
      String name, List<ResourceSlice> slices, String devices, DeviceClaim... claims) {
    return Arguments.of(name, slices, List.of(claims), devices, "");
  }

  private static Arguments refused(
      String name, List<ResourceSlice> slices, String message, DeviceClaim... claims) {
    return Arguments.of(name, slices, List.of(claims), "", message);
  }

  private static Stream<Arguments> counters() {
    List<ResourceSlice> card =
        partitioned(
            "n1",
            7,
            List.of(
                consuming(gpu(0, "whole", 0), 7),
                consuming(gpu(1, "part", 0), 3),
                consuming(gpu(2, "part", 0), 3),
                consuming(gpu(3, "part", 0), 3)));
    return Stream.of(
        granted("the whole card", card, "0", claim(want("r", 1, model("whole")))),
        granted("two parts", card, "1 2", claim(want("r", 2, model("part")))),
        refused("three parts", card, "shared counters", claim(want("r", 3, model("part")))),
        refused(
            "a part beside the whole",
            card,
            "shared counters",
            claim(want("r", 1, model("whole")), want("s", 1, model("part")))),
        granted(
            "back to a smaller one", card, "1 2", claim(want("r", 1), want("s", 1, model("part")))),
        refused(
            "an unknown counter",
            List.of(slice("n1", List.of(consuming(gpu(0, "a", 0), 1)))),
            "there is no counter card/units",
            claim(want("r", 1))));
  }

  private static Stream<Arguments> sharing() {
    DeviceCapacity ten = DeviceCapacity.of(10);
    DeviceCapacity steps =
        new DeviceCapacity(
            BigDecimal.TEN,
            new DeviceCapacity.Policy(
                BigDecimal.ONE,
                List.of(),
                new DeviceCapacity.Range(BigDecimal.TWO, BigDecimal.valueOf(8), BigDecimal.TWO)));
    List<ResourceSlice> plain =
        List.of(slice("n1", List.of(shared(gpu(0, "a", 0), "memory", ten))));
    List<ResourceSlice> stepped =
        List.of(slice("n1", List.of(shared(gpu(0, "a", 0), "memory", steps))));
    return Stream.of(
        granted("parts of one device", plain, "0 0", claim(part("r", 6)), claim(part("r", 4))),
        refused(
            "more than there is",
            plain,
            "each request finds devices",
            claim(part("r", 6)),
            claim(part("r", 5))),
        refused(
            "all, when no amount is named",
            plain,
            "each request finds",
            claim(want("r", 1)),
            claim(part("r", 1))),
        granted("the usual amount", stepped, "0 0", claim(want("r", 1)), claim(part("r", 8))),
        granted("rounded up to a step", stepped, "0 0", claim(part("r", 5)), claim(part("r", 4))),
        refused(
            "rounded up beyond",
            stepped,
            "each request finds",
            claim(part("r", 5)),
            claim(part("r", 5))),
        refused("above the largest", stepped, "0 of these are free", claim(part("r", 9))),
        refused(
            "an amount of something else",
            plain,
            "0 of these are free",
            claim(
                new DeviceRequest(
                    "r",
                    List.of(
                        choice(
                            "",
                            new Count.Exactly(1),
                            new Terms(false, List.of(), Map.of("cores", BigDecimal.ONE))))))));
  }

  private static Stream<Arguments> nodes() {
    ResourceSlice.Pool network = new ResourceSlice.Pool(DRIVER, "net", 1, 1);
    DeviceNodes zone =
        new DeviceNodes.Selected(
            List.of(
                new NodeSelectorTerm(
                    List.of(new Requirement("zone", Requirement.Operator.IN, Set.of("a"))),
                    List.of())));
    DeviceNodes other = new DeviceNodes.One("n2");
    Device own =
        new Device(
            "gpu-0",
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            new Device.Sharing(false, other, false, false));
    Device open =
        new Device(
            "gpu-1",
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            new Device.Sharing(false, new DeviceNodes.All(), false, false));
    return Stream.of(
        refused(
            "another node's",
            List.of(slice("n2", gpus(1, "a"))),
            "the node reaches 0 devices",
            claim(want("r", 1))),
        granted(
            "every node's",
            List.of(new ResourceSlice("s", network, new DeviceNodes.All(), Map.of(), gpus(1, "a"))),
            "0",
            claim(want("r", 1))),
        granted(
            "selected nodes'",
            List.of(new ResourceSlice("s", network, zone, Map.of(), gpus(1, "a"))),
            "0",
            claim(want("r", 1))),
        granted(
            "each device says",
            List.of(
                new ResourceSlice(
                    "s", network, new DeviceNodes.PerDevice(), Map.of(), List.of(own, open))),
            "1",
            claim(want("r", 1))),
        refused(
            "a slice is missing",
            List.of(
                new ResourceSlice(
                    "s",
                    new ResourceSlice.Pool(DRIVER, "net", 1, 2),
                    zone,
                    Map.of(),
                    gpus(1, "a"))),
            "incomplete: 1 of 2 slices",
            claim(want("r", 1))),
        refused(
            "all of an incomplete pool",
            List.of(
                slice("n1", gpus(1, "a")),
                new ResourceSlice(
                    "s",
                    new ResourceSlice.Pool(DRIVER, "net", 1, 2),
                    zone,
                    Map.of(),
                    gpus(1, "a"))),
            "is for all devices, but pool gpu.example.com/net is incomplete",
            claim(all("r"))),
        refused(
            "a newer generation is elsewhere",
            List.of(
                new ResourceSlice(
                    "s", new ResourceSlice.Pool(DRIVER, "net", 1, 2), zone, Map.of(), gpus(1, "a")),
                new ResourceSlice(
                    "t",
                    new ResourceSlice.Pool(DRIVER, "net", 2, 1),
                    other,
                    Map.of(),
                    gpus(1, "a"))),
            "the node reaches 0 devices",
            claim(want("r", 1))),
        granted(
            "the newest generation",
            List.of(
                new ResourceSlice("s", network, zone, Map.of(), gpus(1, "old")),
                new ResourceSlice(
                    "t",
                    new ResourceSlice.Pool(DRIVER, "net", 2, 1),
                    zone,
                    Map.of(),
                    gpus(2, "new"))),
            "0 1",
            claim(want("r", 2, model("new")))),
        refused(
            "one name twice",
            List.of(
                new ResourceSlice(
                    "s", network, zone, Map.of(), List.of(gpu(0, "a", 0), gpu(0, "b", 0)))),
            "device gpu-0 is there twice",
            claim(want("r", 1))));
  }

  private static DeviceRequest part(String name, long amount) {
    Terms terms = new Terms(false, List.of(), Map.of("memory", BigDecimal.valueOf(amount)));
    return new DeviceRequest(name, List.of(choice("", new Count.Exactly(1), terms)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"counters", "sharing", "nodes"})
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
}
