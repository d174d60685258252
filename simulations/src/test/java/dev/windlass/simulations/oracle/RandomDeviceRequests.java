package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what a ResourceClaim asks for: requests, alternatives, selectors, constraints. */
final class RandomDeviceRequests {
  private static final String GPU = "device.attributes['gpu.example.com']";
  private static final String[] SELECTORS = {
    GPU + ".model == 'a100'",
    GPU + ".model != 'l4'",
    "'model' in " + GPU + " && " + GPU + ".model in ['a100', 'h100']",
    GPU + ".index < 2",
    GPU + ".ecc",
    "has(" + GPU + ".ecc) && !" + GPU + ".ecc",
    GPU + ".?model.orValue('none') == 'none'",
    GPU + ".driverVersion.isGreaterThan(semver('1.1.0'))",
    GPU + ".driverVersion.compareTo(semver('2.0.0')) < 0",
    "device.capacity['gpu.example.com'].memory.compareTo(quantity('40Gi')) >= 0",
    "device.capacity['gpu.example.com'].memory.isLessThan(quantity('80G'))",
    "device.driver == 'nic.example.com'",
    "device.attributes['topology.example.com'].numa == 0",
    "'topology.example.com' in device.attributes",
    GPU + ".model.startsWith('h')",
    GPU + ".model.matches('^[ah]1')",
    "cel.bind(gpu, " + GPU + ", gpu.model == 'l4' || gpu.index == 0)",
  };

  private final Dice dice;

  RandomDeviceRequests(Dice dice) {
    this.dice = dice;
  }

  /** The spec of a claim or of a template of one. */
  Map<String, Object> spec() {
    List<Object> requests = new ArrayList<>();
    for (int index = dice.pick(1, 1, 1, 2); index > 0; index--) {
      requests.add(request("request-" + index));
    }
    Map<String, Object> devices = object("requests", requests);
    if (dice.percent(25)) {
      devices.put(
          "constraints",
          List.of(
              object(
                  "matchAttribute",
                  dice.pick(
                      "topology.example.com/numa",
                      "gpu.example.com/model",
                      "gpu.example.com/ecc"))));
    }
    return object("devices", devices);
  }

  private Map<String, Object> request(String name) {
    if (dice.percent(20)) {
      List<Object> alternatives = new ArrayList<>();
      for (int index = dice.between(1, 3); index > 0; index--) {
        Map<String, Object> alternative = wanted(false);
        alternative.put("name", "choice-" + index);
        alternatives.add(alternative);
      }
      return object("name", name, "firstAvailable", alternatives);
    }
    return object("name", name, "exactly", wanted(true));
  }

  private Map<String, Object> wanted(boolean mayAdminister) {
    Map<String, Object> wanted =
        object(
            "deviceClassName",
            dice.percent(3)
                ? "absent"
                : dice.pick("gpu", "gpu", "gpu", "gpu", "large-gpu", "nic", "any"));
    if (dice.percent(8)) {
      wanted.put("allocationMode", "All");
    } else if (dice.percent(50)) {
      wanted.put("allocationMode", "ExactCount");
      wanted.put("count", dice.pick(1, 1, 1, 2, 3));
    }
    if (dice.percent(40)) {
      List<Object> selectors = new ArrayList<>();
      for (int index = dice.pick(1, 1, 1, 2); index > 0; index--) {
        String expression =
            dice.percent(3)
                ? "device.attributes['absent.example.com'].colour == 'red'"
                : dice.pick(SELECTORS);
        selectors.add(object("cel", object("expression", expression)));
      }
      wanted.put("selectors", selectors);
    }
    if (dice.percent(25)) {
      wanted.put("tolerations", List.of(toleration()));
    }
    if (mayAdminister && dice.percent(5)) {
      wanted.put("adminAccess", true);
    }
    return wanted;
  }

  private Map<String, Object> toleration() {
    return switch (dice.between(0, 3)) {
      case 0 -> object("operator", "Exists");
      case 1 -> object("key", "maintenance", "operator", "Exists", "effect", "NoSchedule");
      case 2 -> object("key", "maintenance", "operator", "Equal", "value", "planned");
      default -> object("key", "broken", "operator", "Exists");
    };
  }
}
