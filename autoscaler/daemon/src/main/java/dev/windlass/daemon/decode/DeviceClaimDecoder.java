package dev.windlass.daemon.decode;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClaim.Constraint;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceRequest.Choice;
import dev.windlass.core.model.DeviceRequest.Count;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.DeviceTaint;
import dev.windlass.core.model.Toleration;
import io.fabric8.kubernetes.api.model.resource.v1.CapacityRequirements;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceConstraint;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceSubRequest;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceToleration;
import io.fabric8.kubernetes.api.model.resource.v1.ExactDeviceRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a claim asks for. A claim that the API server would refuse becomes one that says so, since
 * the pods that use it are still there.
 */
final class DeviceClaimDecoder {
  private final Function<String, DeviceSelector> selectors;
  private final Problems problems = new Problems();

  private DeviceClaimDecoder(Function<String, DeviceSelector> selectors) {
    this.selectors = selectors;
  }

  static DeviceClaim decode(
      String field,
      io.fabric8.kubernetes.api.model.resource.v1.@Nullable DeviceClaim written,
      Function<String, DeviceSelector> selectors) {
    if (written == null) {
      return new DeviceClaim(List.of(), List.of());
    }
    DeviceClaimDecoder decoder = new DeviceClaimDecoder(selectors);
    DeviceClaim claim =
        new DeviceClaim(
            decoder.requests(field + ".requests", written),
            decoder.constraints(field + ".constraints", written));
    return switch (decoder.problems.unlessAny(claim)) {
      case Decoded.Ok<DeviceClaim> ok -> ok.value();
      case Decoded.Bad<DeviceClaim> bad -> DeviceClaim.refused(bad.sentence());
    };
  }

  private List<DeviceRequest> requests(
      String list, io.fabric8.kubernetes.api.model.resource.v1.DeviceClaim written) {
    List<DeviceRequest> requests = new ArrayList<>();
    for (io.fabric8.kubernetes.api.model.resource.v1.DeviceRequest each :
        Fields.list(written.getRequests())) {
      String field = list + "[" + requests.size() + "]";
      List<DeviceSubRequest> parts = Fields.list(each.getFirstAvailable());
      List<Choice> choices = new ArrayList<>();
      if ((each.getExactly() == null) == parts.isEmpty()) {
        problems.add(field, Fields.text(each.getName()), "either exactly or firstAvailable");
      } else if (each.getExactly() != null) {
        choices.add(
            choice(field + ".exactly", asPart(each.getExactly()), admin(each.getExactly())));
      } else {
        for (DeviceSubRequest part : parts) {
          choices.add(choice(field + ".firstAvailable[" + choices.size() + "]", part, false));
        }
      }
      requests.add(new DeviceRequest(Fields.text(each.getName()), choices));
    }
    return requests;
  }

  private static boolean admin(ExactDeviceRequest written) {
    return Boolean.TRUE.equals(written.getAdminAccess());
  }

  private static DeviceSubRequest asPart(ExactDeviceRequest written) {
    DeviceSubRequest part = new DeviceSubRequest();
    part.setName("");
    part.setDeviceClassName(written.getDeviceClassName());
    part.setSelectors(written.getSelectors());
    part.setAllocationMode(written.getAllocationMode());
    part.setCount(written.getCount());
    part.setTolerations(written.getTolerations());
    part.setCapacity(written.getCapacity());
    return part;
  }

  private Choice choice(String field, DeviceSubRequest written, boolean admin) {
    String deviceClass = Fields.text(written.getDeviceClassName());
    if (deviceClass.isEmpty()) {
      problems.add(field + ".deviceClassName", "", "the name of a DeviceClass");
    }
    return new Choice(
        Fields.text(written.getName()),
        deviceClass,
        selectors(field + ".selectors", written.getSelectors(), selectors, problems),
        count(field, written),
        new DeviceRequest.Terms(
            admin,
            tolerations(field + ".tolerations", written.getTolerations()),
            capacity(field + ".capacity.requests", written.getCapacity())));
  }

  /** Selectors, each a CEL expression. */
  static List<DeviceSelector> selectors(
      String list,
      @Nullable List<io.fabric8.kubernetes.api.model.resource.v1.DeviceSelector> written,
      Function<String, DeviceSelector> selectors,
      Problems problems) {
    List<DeviceSelector> decoded = new ArrayList<>();
    for (io.fabric8.kubernetes.api.model.resource.v1.DeviceSelector each : Fields.list(written)) {
      if (each.getCel() == null) {
        problems.add(list + "[" + decoded.size() + "].cel", "", "a CEL expression");
      } else {
        decoded.add(selectors.apply(Fields.text(each.getCel().getExpression())));
      }
    }
    return decoded;
  }

  private Count count(String field, DeviceSubRequest written) {
    long count = written.getCount() == null ? 1 : written.getCount();
    return switch (Fields.text(written.getAllocationMode())) {
      case "", "ExactCount" -> {
        if (count <= 0) {
          problems.add(field + ".count", Long.toString(count), "a number above 0");
        }
        yield new Count.Exactly(count);
      }
      case "All" -> new Count.All();
      default -> {
        problems.add(field + ".allocationMode", written.getAllocationMode(), "ExactCount or All");
        yield new Count.Exactly(count);
      }
    };
  }

  private List<DeviceTaint.Tolerated> tolerations(
      String list, @Nullable List<DeviceToleration> written) {
    List<DeviceTaint.Tolerated> tolerations = new ArrayList<>();
    int index = 0;
    for (DeviceToleration each : Fields.list(written)) {
      String field = list + "[" + index++ + "]";
      String effect = Fields.text(each.getEffect());
      String operator = Fields.text(each.getOperator());
      if (!operator.isEmpty() && !operator.equals("Equal") && !operator.equals("Exists")) {
        problems.add(field + ".operator", operator, "Exists or Equal");
      } else if (effect.isEmpty() || ResourceSliceDecoder.effect(effect) != null) {
        tolerations.add(
            new DeviceTaint.Tolerated(
                Fields.text(each.getKey()),
                operator.equals("Exists") ? Toleration.Operator.EXISTS : Toleration.Operator.EQUAL,
                Fields.text(each.getValue()),
                ResourceSliceDecoder.effect(effect)));
      }
    }
    return tolerations;
  }

  private Map<String, BigDecimal> capacity(String field, @Nullable CapacityRequirements written) {
    return written == null
        ? Map.of()
        : ResourceSliceDecoder.amounts(field, written.getRequests(), problems);
  }

  private List<Constraint> constraints(
      String list, io.fabric8.kubernetes.api.model.resource.v1.DeviceClaim written) {
    List<Constraint> constraints = new ArrayList<>();
    for (DeviceConstraint each : Fields.list(written.getConstraints())) {
      String match = Fields.text(each.getMatchAttribute());
      String distinct = Fields.text(each.getDistinctAttribute());
      String attribute = match.isEmpty() ? distinct : match;
      if (match.isEmpty() == distinct.isEmpty() || !attribute.contains("/")) {
        problems.add(
            list + "[" + constraints.size() + "]",
            attribute,
            "matchAttribute or distinctAttribute with a name DOMAIN/NAME");
      }
      constraints.add(
          new Constraint(
              match.isEmpty() ? DeviceClaim.Kind.DISTINCT : DeviceClaim.Kind.MATCH,
              attribute,
              new HashSet<>(Fields.list(each.getRequests()))));
    }
    return constraints;
  }
}
