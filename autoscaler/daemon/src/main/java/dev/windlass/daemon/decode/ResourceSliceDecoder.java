package dev.windlass.daemon.decode;

import dev.windlass.core.model.Device.Attribute;
import dev.windlass.core.model.DeviceCapacity;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.DeviceTaint;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Taint;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.resource.v1.CapacityRequestPolicy;
import io.fabric8.kubernetes.api.model.resource.v1.CapacityRequestPolicyRange;
import io.fabric8.kubernetes.api.model.resource.v1.Counter;
import io.fabric8.kubernetes.api.model.resource.v1.CounterSet;
import io.fabric8.kubernetes.api.model.resource.v1.Device;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceAttribute;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceCounterConsumption;
import io.fabric8.kubernetes.api.model.resource.v1.ResourcePool;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices that a driver offers. */
public final class ResourceSliceDecoder {
  private static final String A_QUANTITY = "a quantity such as 10Gi";

  private final Problems problems;

  private ResourceSliceDecoder(Problems problems) {
    this.problems = problems;
  }

  /** The slice, or what is wrong with it. */
  public static Decoded<ResourceSlice> decode(
      io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice written) {
    Problems problems = new Problems();
    String name = Fields.text(Fields.metadata(written).getName());
    ResourceSliceSpec spec =
        written.getSpec() == null ? new ResourceSliceSpec() : written.getSpec();
    return problems.unlessAny(new ResourceSliceDecoder(problems).slice("spec", name, spec));
  }

  /**
   * The slices of a node group's template: of each driver one pool, which new nodes bring.
   *
   * @param field where they are written
   */
  public static Decoded<List<ResourceSlice>> template(
      String field, List<ResourceSliceSpec> written) {
    Problems problems = new Problems();
    ResourceSliceDecoder decoder = new ResourceSliceDecoder(problems);
    List<ResourceSlice> slices = new ArrayList<>();
    for (ResourceSliceSpec each : Fields.list(written)) {
      String place = field + "[" + slices.size() + "]";
      String driver = Fields.text(each.getDriver());
      if (driver.isEmpty()) {
        problems.add(place + ".driver", "", "the name of a driver");
      }
      long parts =
          written.stream().filter(other -> driver.equals(Fields.text(other.getDriver()))).count();
      ResourceSlice read = decoder.slice(place, "template-" + slices.size(), each);
      slices.add(
          new ResourceSlice(
              read.name(),
              new ResourceSlice.Pool(driver, "template", 1, parts),
              new DeviceNodes.One(ResourceSlice.TEMPLATE_NODE),
              read.counters(),
              read.devices()));
    }
    return problems.unlessAny(slices);
  }

  private ResourceSlice slice(String field, String name, ResourceSliceSpec spec) {
    ResourcePool pool = spec.getPool() == null ? new ResourcePool() : spec.getPool();
    List<dev.windlass.core.model.Device> devices = new ArrayList<>();
    for (Device device : Fields.list(spec.getDevices())) {
      devices.add(device(field + ".devices[" + devices.size() + "]", device));
    }
    boolean perDevice = Boolean.TRUE.equals(spec.getPerDeviceNodeSelection());
    DeviceNodes nodes =
        perDevice
            ? new DeviceNodes.PerDevice()
            : nodes(field, spec.getNodeName(), spec.getAllNodes(), spec.getNodeSelector());
    return new ResourceSlice(
        name,
        new ResourceSlice.Pool(
            Fields.text(spec.getDriver()),
            Fields.text(pool.getName()),
            pool.getGeneration() == null ? 0 : pool.getGeneration(),
            pool.getResourceSliceCount() == null ? 1 : pool.getResourceSliceCount()),
        nodes == null ? new DeviceNodes.Selected(List.of()) : nodes,
        counterSets(field + ".sharedCounters", spec.getSharedCounters()),
        devices);
  }

  private @Nullable DeviceNodes nodes(
      String field, @Nullable String name, @Nullable Boolean all, @Nullable NodeSelector selector) {
    if (name != null && !name.isEmpty()) {
      return new DeviceNodes.One(name);
    }
    if (Boolean.TRUE.equals(all)) {
      return new DeviceNodes.All();
    }
    return selector == null
        ? null
        : new DeviceNodes.Selected(terms(field + ".nodeSelector", selector, problems));
  }

  /** The terms of a node selector. */
  static List<NodeSelectorTerm> terms(String field, NodeSelector selector, Problems problems) {
    List<NodeSelectorTerm> terms = new ArrayList<>();
    for (io.fabric8.kubernetes.api.model.NodeSelectorTerm each :
        Fields.list(selector.getNodeSelectorTerms())) {
      String term = field + ".nodeSelectorTerms[" + terms.size() + "]";
      terms.add(
          new NodeSelectorTerm(
              SelectorDecoder.nodeExpressions(
                  term + ".matchExpressions", each.getMatchExpressions(), problems),
              SelectorDecoder.nodeExpressions(
                  term + ".matchFields", each.getMatchFields(), problems)));
    }
    return terms;
  }

  private dev.windlass.core.model.Device device(String field, Device written) {
    Map<String, Attribute> attributes = new HashMap<>();
    if (written.getAttributes() != null) {
      written.getAttributes().forEach((name, value) -> attributes.put(name, attribute(value)));
    }
    Map<String, DeviceCapacity> capacity = new HashMap<>();
    if (written.getCapacity() != null) {
      written
          .getCapacity()
          .forEach((name, value) ->
              capacity.put(
                  name,
                  new DeviceCapacity(
                      amount(field + ".capacity[" + name + "]", value.getValue(), problems),
                      policy(field + ".capacity[" + name + "]", value.getRequestPolicy()))));
    }
    List<DeviceTaint> taints = new ArrayList<>();
    for (io.fabric8.kubernetes.api.model.resource.v1.DeviceTaint taint :
        Fields.list(written.getTaints())) {
      Taint.Effect effect = effect(Fields.text(taint.getEffect()));
      if (effect != null) {
        taints.add(
            new DeviceTaint(Fields.text(taint.getKey()), Fields.text(taint.getValue()), effect));
      }
    }
    return new dev.windlass.core.model.Device(
        Fields.text(written.getName()),
        attributes,
        capacity,
        taints,
        consumes(field + ".consumesCounters", written.getConsumesCounters()),
        new dev.windlass.core.model.Device.Sharing(
            Boolean.TRUE.equals(written.getAllowMultipleAllocations()),
            nodes(field, written.getNodeName(), written.getAllNodes(), written.getNodeSelector()),
            Boolean.TRUE.equals(written.getBindsToNode()),
            !Fields.list(written.getBindingConditions()).isEmpty()));
  }

  private static Attribute attribute(DeviceAttribute written) {
    if (written.getInt() != null) {
      return new Attribute.Whole(written.getInt());
    }
    if (written.getBool() != null) {
      return new Attribute.Flag(written.getBool());
    }
    if (written.getString() != null) {
      return new Attribute.Text(written.getString());
    }
    return written.getVersion() == null
        ? new Attribute.Unknown()
        : new Attribute.Version(written.getVersion());
  }

  /** The effects that keep claims away; others, {@code None} for instance, do nothing. */
  static Taint.@Nullable Effect effect(String written) {
    return switch (written) {
      case "NoSchedule" -> Taint.Effect.NO_SCHEDULE;
      case "NoExecute" -> Taint.Effect.NO_EXECUTE;
      default -> null;
    };
  }

  private DeviceCapacity.@Nullable Policy policy(
      String field, @Nullable CapacityRequestPolicy written) {
    if (written == null) {
      return null;
    }
    List<BigDecimal> values = new ArrayList<>();
    for (Quantity each : Fields.list(written.getValidValues())) {
      values.add(amount(field + ".requestPolicy.validValues", each, problems));
    }
    CapacityRequestPolicyRange range = written.getValidRange();
    String place = field + ".requestPolicy.validRange";
    return new DeviceCapacity.Policy(
        optional(field + ".requestPolicy.default", written.getDefault()),
        values,
        range == null
            ? null
            : new DeviceCapacity.Range(
                optional(place + ".min", range.getMin()),
                optional(place + ".max", range.getMax()),
                optional(place + ".step", range.getStep())));
  }

  private @Nullable BigDecimal optional(String field, @Nullable Quantity written) {
    return written == null ? null : amount(field, written, problems);
  }

  private Map<String, Map<String, BigDecimal>> counterSets(
      String list, @Nullable List<CounterSet> written) {
    Map<String, Map<String, BigDecimal>> sets = new HashMap<>();
    for (CounterSet each : Fields.list(written)) {
      sets.put(Fields.text(each.getName()), counters(list, each.getCounters()));
    }
    return sets;
  }

  private Map<String, Map<String, BigDecimal>> consumes(
      String list, @Nullable List<DeviceCounterConsumption> written) {
    Map<String, Map<String, BigDecimal>> sets = new HashMap<>();
    for (DeviceCounterConsumption each : Fields.list(written)) {
      sets.put(Fields.text(each.getCounterSet()), counters(list, each.getCounters()));
    }
    return sets;
  }

  private Map<String, BigDecimal> counters(String field, @Nullable Map<String, Counter> written) {
    Map<String, BigDecimal> amounts = new HashMap<>();
    if (written != null) {
      written.forEach((name, counter) ->
          amounts.put(name, amount(field + "[" + name + "]", counter.getValue(), problems)));
    }
    return Map.copyOf(amounts);
  }

  /** Amounts by name; zero stands for one that is no quantity, which is a problem. */
  static Map<String, BigDecimal> amounts(
      String field, @Nullable Map<String, Quantity> written, Problems problems) {
    Map<String, BigDecimal> amounts = new HashMap<>();
    if (written != null) {
      written.forEach(
          (name, value) -> amounts.put(name, amount(field + "[" + name + "]", value, problems)));
    }
    return amounts;
  }

  private static BigDecimal amount(String field, @Nullable Quantity written, Problems problems) {
    String text = written == null ? "" : written.toString();
    return Quantities.parse(text)
        .map(BigDecimal::stripTrailingZeros)
        .orElseGet(() -> {
          problems.add(field, text, A_QUANTITY);
          return BigDecimal.ZERO;
        });
  }
}
