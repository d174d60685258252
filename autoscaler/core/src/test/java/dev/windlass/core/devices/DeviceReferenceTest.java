package dev.windlass.core.devices;

import static dev.windlass.core.testing.Drivers.DRIVER;
import static dev.windlass.core.testing.Drivers.attributes;
import static dev.windlass.core.testing.Drivers.choice;
import static dev.windlass.core.testing.Drivers.consuming;
import static dev.windlass.core.testing.Drivers.gpu;
import static dev.windlass.core.testing.Drivers.partitioned;
import static dev.windlass.core.testing.Drivers.slice;
import static dev.windlass.core.testing.Drivers.tainted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.Device.Attribute;
import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClaim.Constraint;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceRequest.Count;
import dev.windlass.core.model.DeviceRequest.Terms;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.DeviceTaint;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The search against a reading of the rules that tries every choice of devices and checks each as a
 * whole. Small random nodes are filled claim by claim; every answer of the search is compared.
 */
class DeviceReferenceTest {
  private static final int PODS = 6;
  private static final int STATES_PER_SEED = 20;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void findsDevicesExactlyWhenThereIsAChoice(long seed) {
    Random random = new Random(seed);
    for (int state = 0; state < STATES_PER_SEED; state++) {
      boolean counters = random.nextBoolean();
      List<Device> devices = devices(random, counters);
      List<ResourceSlice> slices =
          counters ? partitioned("n1", 6, devices) : List.of(slice("n1", devices));
      DeviceScene scene = new DeviceScene(slices);
      Set<String> taken = new HashSet<>();
      for (int pod = 0; pod < PODS; pod++) {
        DeviceClaim claim = claim(random, counters);
        boolean possible = new EveryChoice(devices, taken, claim, counters ? 6 : 0).exists();

        DeviceBook.Answer answer = scene.ask(List.of(claim));

        assertThat(answer instanceof DeviceBook.Answer.Granted)
            .as(
                "seed %d, state %d, pod %d: %s on %s without %s",
                seed, state, pod, claim, devices, taken)
            .isEqualTo(possible);
        if (answer instanceof DeviceBook.Answer.Granted(Grant grant)) {
          scene.book.take(grant);
          grant
              .claims()
              .getFirst()
              .allocation()
              .devices()
              .forEach(held -> taken.add(held.device().device()));
        }
      }
    }
  }

  private static List<Device> devices(Random random, boolean counters) {
    List<Device> devices = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int index = 0; index < count; index++) {
      Device device = gpu(index, random.nextBoolean() ? "a" : "b", random.nextInt(2));
      if (counters) {
        device = consuming(device, 1 + random.nextInt(4));
      } else if (random.nextInt(4) == 0) {
        device = tainted(device, new DeviceTaint("t", "", Taint.Effect.NO_SCHEDULE));
      }
      devices.add(device);
    }
    return devices;
  }

  /**
   * With counters there are neither constraints nor taints: there kube-scheduler counts devices
   * that it has refused, see {@link Choices}. With constraints no request is for all devices: where
   * a constraint forbids one of these, kube-scheduler tries nothing else.
   */
  private static DeviceClaim claim(Random random, boolean counters) {
    boolean constrained = !counters && random.nextBoolean();
    List<DeviceRequest> requests = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    for (int index = 0; index < count; index++) {
      List<DeviceRequest.Choice> choices = new ArrayList<>();
      int ways = random.nextInt(3);
      for (int way = 0; way < ways; way++) {
        choices.add(way(random, "w" + way, !constrained));
      }
      if (ways == 0) {
        choices.add(way(random, "", !constrained));
      }
      requests.add(new DeviceRequest("r" + index, choices));
    }
    Set<String> concerned = random.nextBoolean() ? Set.of() : Set.of("r0");
    return new DeviceClaim(
        requests,
        constrained
            ? List.of(new Constraint(DeviceClaim.Kind.MATCH, DRIVER + "/numa", concerned))
            : List.of());
  }

  private static DeviceRequest.Choice way(Random random, String name, boolean mayBeAll) {
    DeviceSelector[] selectors =
        random.nextBoolean()
            ? new DeviceSelector[0]
            : new DeviceSelector[] {
              attributes(Map.of("model", new Attribute.Text(random.nextBoolean() ? "a" : "b")))
            };
    Count count =
        mayBeAll && random.nextInt(5) == 0
            ? new Count.All()
            : new Count.Exactly(1 + random.nextInt(3));
    List<DeviceTaint.Tolerated> tolerations =
        random.nextInt(3) == 0
            ? List.of(new DeviceTaint.Tolerated("t", Toleration.Operator.EXISTS, "", null))
            : List.of();
    return choice(name, count, new Terms(false, tolerations, Map.of()), selectors);
  }

  /** Tries each set of devices for each way of each request. */
  private record EveryChoice(
      List<Device> devices, Set<String> taken, DeviceClaim claim, long units) {
    boolean exists() {
      return exists(0, new ArrayList<>());
    }

    private record Pick(String request, String way, Device device) {}

    private boolean exists(int request, List<Pick> picks) {
      if (request == claim.requests().size()) {
        return legal(picks);
      }
      DeviceRequest wanted = claim.requests().get(request);
      for (DeviceRequest.Choice way : wanted.choices()) {
        for (int set = 1; set < 1 << devices.size(); set++) {
          if (isRight(way, set)) {
            List<Pick> more = new ArrayList<>(picks);
            for (int index = 0; index < devices.size(); index++) {
              if ((set >> index & 1) == 1) {
                more.add(new Pick(wanted.name(), way.name(), devices.get(index)));
              }
            }
            if (exists(request + 1, more)) {
              return true;
            }
          }
        }
      }
      return false;
    }

    private boolean isRight(DeviceRequest.Choice way, int set) {
      int all = 0;
      for (int index = 0; index < devices.size(); index++) {
        all |= selected(way, devices.get(index)) ? 1 << index : 0;
      }
      return switch (way.count()) {
        case Count.All() -> set == all;
        case Count.Exactly(long count) -> (set & ~all) == 0 && Integer.bitCount(set) == count;
      };
    }

    private static boolean selected(DeviceRequest.Choice way, Device device) {
      return way.selectors().stream()
          .allMatch(each -> each.ask(DRIVER, device).equals(DeviceSelector.Verdict.MATCH));
    }

    private boolean legal(List<Pick> picks) {
      Set<String> names = new HashSet<>(taken);
      for (Pick pick : picks) {
        if (!names.add(pick.device().name()) || !tolerated(pick)) {
          return false;
        }
      }
      return withinCounters(names)
          && claim.constraints().stream().allMatch(rule -> holds(rule, picks));
    }

    private boolean tolerated(Pick pick) {
      DeviceRequest.Choice way =
          claim.requests().stream()
              .filter(request -> request.name().equals(pick.request()))
              .flatMap(request -> request.choices().stream())
              .filter(each -> each.name().equals(pick.way()))
              .findFirst()
              .orElseThrow();
      return pick.device().taints().isEmpty() || !way.terms().tolerations().isEmpty();
    }

    private boolean withinCounters(Set<String> names) {
      BigDecimal used =
          devices.stream()
              .filter(device -> names.contains(device.name()))
              .flatMap(device -> device.consumes().values().stream())
              .flatMap(counters -> counters.values().stream())
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      return used.compareTo(BigDecimal.valueOf(units)) <= 0 || units == 0;
    }

    private static boolean holds(Constraint rule, List<Pick> picks) {
      return picks.stream()
              .filter(pick -> rule.requests().isEmpty() || rule.requests().contains(pick.request()))
              .map(pick -> pick.device().attributes().get("numa"))
              .distinct()
              .count()
          <= 1;
    }
  }
}
