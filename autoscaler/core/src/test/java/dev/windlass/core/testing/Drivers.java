package dev.windlass.core.testing;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.Device.Attribute;
import dev.windlass.core.model.DeviceCapacity;
import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.DeviceTaint;
import dev.windlass.core.model.ResourceSlice;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Devices, slices and claims of the driver {@code gpu.example.com} for tests. */
public final class Drivers {
  public static final String DRIVER = "gpu.example.com";
  public static final DeviceClass ANY = new DeviceClass("gpu", List.of(), null);

  private Drivers() {}

  /** Devices named {@code gpu-0} and so on with a number and a model. */
  public static List<Device> gpus(int count, String model) {
    return IntStream.range(0, count).mapToObj(index -> gpu(index, model, index / 2)).toList();
  }

  /** A device with a number, a model and the NUMA node it is at. */
  public static Device gpu(int index, String model, long numa) {
    return Device.of(
        "gpu-" + index,
        Map.of(
            "index", new Attribute.Whole(index),
            "model", new Attribute.Text(model),
            "numa", new Attribute.Whole(numa)));
  }

  public static Device tainted(Device device, DeviceTaint... taints) {
    return new Device(
        device.name(),
        device.attributes(),
        device.capacity(),
        List.of(taints),
        device.consumes(),
        device.sharing());
  }

  /** The device with a use of the counter {@code units} of the set {@code card}. */
  public static Device consuming(Device device, long units) {
    return new Device(
        device.name(),
        device.attributes(),
        device.capacity(),
        device.taints(),
        Map.of("card", Map.of("units", BigDecimal.valueOf(units))),
        device.sharing());
  }

  /** The device with capacity that several claims may share. */
  public static Device shared(Device device, String capacity, DeviceCapacity amount) {
    return new Device(
        device.name(),
        device.attributes(),
        Map.of(capacity, amount),
        device.taints(),
        device.consumes(),
        new Device.Sharing(true, null, false, false));
  }

  /** The only slice of the pool that is named like its node. */
  public static ResourceSlice slice(String node, List<Device> devices) {
    return new ResourceSlice(
        "slice-" + node,
        new ResourceSlice.Pool(DRIVER, node, 1, 1),
        new DeviceNodes.One(node),
        Map.of(),
        devices);
  }

  /** Two slices: counters, and devices that consume them. */
  public static List<ResourceSlice> partitioned(String node, long units, List<Device> devices) {
    ResourceSlice.Pool pool = new ResourceSlice.Pool(DRIVER, node, 1, 2);
    Map<String, Map<String, BigDecimal>> counters =
        Map.of("card", Map.of("units", BigDecimal.valueOf(units)));
    DeviceNodes nodes = new DeviceNodes.One(node);
    return List.of(
        new ResourceSlice("counters-" + node, pool, nodes, counters, List.of()),
        new ResourceSlice("devices-" + node, pool, nodes, Map.of(), devices));
  }

  public static DeviceClaim claim(DeviceRequest... requests) {
    return new DeviceClaim(Arrays.asList(requests), List.of());
  }

  public static DeviceClaim constrained(
      DeviceClaim.Kind kind, String attribute, DeviceRequest... requests) {
    return new DeviceClaim(
        Arrays.asList(requests),
        List.of(new DeviceClaim.Constraint(kind, DRIVER + "/" + attribute, Set.of())));
  }

  /** So many devices of the class {@code gpu}. */
  public static DeviceRequest want(String name, int count, DeviceSelector... selectors) {
    return DeviceRequest.exactly(name, "gpu", count, Arrays.asList(selectors));
  }

  /** Any way to meet a request. */
  public static DeviceRequest.Choice choice(
      String name,
      DeviceRequest.Count count,
      DeviceRequest.Terms terms,
      DeviceSelector... selectors) {
    return new DeviceRequest.Choice(name, "gpu", Arrays.asList(selectors), count, terms);
  }

  /** Every device of the class {@code gpu}. */
  public static DeviceRequest all(String name, DeviceSelector... selectors) {
    return new DeviceRequest(
        name,
        List.of(choice("", new DeviceRequest.Count.All(), DeviceRequest.Terms.USUAL, selectors)));
  }

  /** Devices with these attributes; a device without one of them is an error, as in CEL. */
  public static DeviceSelector attributes(Map<String, Attribute> wanted) {
    return new Equal(new TreeMap<>(wanted));
  }

  public static DeviceSelector model(String model) {
    return attributes(Map.of("model", new Attribute.Text(model)));
  }

  private record Equal(TreeMap<String, Attribute> wanted) implements DeviceSelector {
    @Override
    public String expression() {
      return wanted.toString();
    }

    @Override
    public Verdict ask(String driver, Device device) {
      for (Map.Entry<String, Attribute> each : wanted.entrySet()) {
        Attribute actual = device.attributes().get(each.getKey());
        if (actual == null) {
          return new Verdict.Failed("no such key: " + each.getKey());
        }
        if (!actual.equals(each.getValue())) {
          return Verdict.NO_MATCH;
        }
      }
      return Verdict.MATCH;
    }
  }
}
