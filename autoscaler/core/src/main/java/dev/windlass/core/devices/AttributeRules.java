package dev.windlass.core.devices;

import dev.windlass.core.devices.NodeDevices.Candidate;
import dev.windlass.core.model.Device.Attribute;
import dev.windlass.core.model.DeviceClaim.Constraint;
import dev.windlass.core.model.DeviceClaim.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A claim's constraints over the devices chosen so far.
 *
 * <p>Source: Kubernetes 1.36, {@code dynamic-resource-allocation/structured}. As there, a distinct
 * attribute remembers one value for each request: the last.
 */
final class AttributeRules {
  private final List<State> states = new ArrayList<>();

  private static final class State {
    private final Constraint constraint;
    private final Map<String, Attribute> values = new HashMap<>();
    private int devices;

    State(Constraint constraint) {
      this.constraint = constraint;
    }

    boolean add(String request, Attribute attribute) {
      boolean fits = devices == 0 || joins(attribute);
      if (fits) {
        values.put(key(request), attribute);
        devices++;
      }
      return fits;
    }

    private boolean joins(Attribute attribute) {
      return switch (constraint.kind()) {
        case MATCH -> values.containsValue(attribute) && !(attribute instanceof Attribute.Unknown);
        case DISTINCT ->
            !values.containsValue(attribute) && !(attribute instanceof Attribute.Unknown);
      };
    }

    void remove(String request) {
      devices--;
      if (constraint.kind() == Kind.DISTINCT) {
        values.remove(key(request));
      }
    }

    private String key(String request) {
      return constraint.kind() == Kind.MATCH ? "" : request;
    }
  }

  AttributeRules(List<Constraint> constraints) {
    constraints.forEach(constraint -> states.add(new State(constraint)));
  }

  /** Adds a device; returns the constraint that forbids it, which changes nothing, or null. */
  @Nullable Constraint add(String request, String choice, Candidate candidate) {
    for (int index = 0; index < states.size(); index++) {
      State state = states.get(index);
      if (!state.constraint.concerns(request, choice)) {
        continue;
      }
      Attribute attribute =
          candidate.device().attribute(candidate.id().driver(), state.constraint.attribute());
      if (attribute == null || !state.add(request, attribute)) {
        remove(request, choice, states.subList(0, index));
        return state.constraint;
      }
    }
    return null;
  }

  /** Takes a device out that was added. */
  void remove(String request, String choice) {
    remove(request, choice, states);
  }

  private static void remove(String request, String choice, List<State> states) {
    for (State state : states) {
      if (state.constraint.concerns(request, choice)) {
        state.remove(request);
      }
    }
  }
}
