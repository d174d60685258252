package dev.windlass.daemon.cel;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.Device.Attribute;
import java.util.HashMap;
import java.util.Map;

/**
 * A device as the variable {@code device} of an expression.
 *
 * <p>Source: Kubernetes 1.36, {@code dynamic-resource-allocation/cel}.
 */
final class DeviceFields {
  static final String DRIVER = "driver";
  static final String ATTRIBUTES = "attributes";
  static final String CAPACITY = "capacity";
  static final String SHARED = "allowMultipleAllocations";

  private DeviceFields() {}

  /** Its fields by name; an attribute of an unknown type or a bad version is an error. */
  static Map<String, Object> of(String driver, Device device) {
    DomainMap attributes = new DomainMap();
    device
        .attributes()
        .forEach(
            (name, value) -> attributes.put(domain(name, driver), id(name), value(name, value)));
    DomainMap capacity = new DomainMap();
    device
        .capacity()
        .forEach((name, value) ->
            capacity.put(domain(name, driver), id(name), new CelQuantity(value.amount())));
    Map<String, Object> fields = new HashMap<>();
    fields.put(DRIVER, driver);
    fields.put(ATTRIBUTES, attributes);
    fields.put(CAPACITY, capacity);
    fields.put(SHARED, device.sharing().amongClaims());
    return fields;
  }

  private static String domain(String name, String driver) {
    int slash = name.indexOf('/');
    return slash < 0 ? driver : name.substring(0, slash);
  }

  private static String id(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private static Object value(String name, Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text(String text) -> text;
      case Attribute.Whole(long number) -> number;
      case Attribute.Flag(boolean flag) -> flag;
      case Attribute.Version(String version) ->
          Semver.parse(version)
              .orElseThrow(() ->
                  new IllegalArgumentException("attribute " + name + " is no version: " + version));
      case Attribute.Unknown() ->
          throw new IllegalArgumentException("attribute " + name + " is of an unknown type");
    };
  }
}
