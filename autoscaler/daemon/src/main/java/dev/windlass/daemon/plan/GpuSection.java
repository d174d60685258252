package dev.windlass.daemon.plan;

import dev.windlass.core.gpu.GpuPlan;
import java.util.Comparator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The plan's {@code gpu}. */
final class GpuSection {
  private GpuSection() {}

  static ArrayNode of(GpuPlan plan) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    plan.machines().stream()
        .sorted(Comparator.comparing(GpuPlan.Machine::name))
        .forEach(machine -> write(machine, array.addObject()));
    return array;
  }

  private static void write(GpuPlan.Machine machine, ObjectNode node) {
    node.put("node", machine.name());
    node.put("stack", machine.stack().value());
    node.put("phase", machine.progress().phase().title());
    if (machine.progress().deadline() != null) {
      node.put("deadline", machine.progress().deadline().toString());
    }
    if (machine.action() != null) {
      node.put("action", machine.action());
    }
  }
}
