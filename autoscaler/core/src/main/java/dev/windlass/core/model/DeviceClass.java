package dev.windlass.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DeviceClass.
 *
 * @param name its name
 * @param selectors what every device of the class meets
 * @param extendedResource the resource name that asks for a device of the class, or null
 */
public record DeviceClass(
    String name, List<DeviceSelector> selectors, @Nullable String extendedResource) {
  /** Every class is also asked for by this prefix and its name. */
  public static final String IMPLICIT_RESOURCE = "deviceclass.resource.kubernetes.io/";

  public DeviceClass {
    selectors = List.copyOf(selectors);
  }

  /** Whether a resource of this name in a pod's requests asks for devices of the class. */
  public boolean backs(String resource) {
    return resource.equals(extendedResource) || resource.equals(IMPLICIT_RESOURCE + name);
  }
}
