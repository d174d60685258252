package dev.windlass.core.devices;

import dev.windlass.core.devices.NodeDevices.Candidate;
import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.DeviceSelector.Verdict;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Asks each selector about each device once. */
final class SelectorAnswers {
  private final Map<DeviceSelector, Map<Device, Verdict>> known = new HashMap<>();

  /** The first answer that is no match, or a match of all. */
  Verdict ask(List<DeviceSelector> selectors, Candidate candidate) {
    for (DeviceSelector selector : selectors) {
      Verdict verdict =
          known
              .computeIfAbsent(selector, _ -> new IdentityHashMap<>())
              .computeIfAbsent(
                  candidate.device(), device -> selector.ask(candidate.id().driver(), device));
      if (!(verdict instanceof Verdict.Match)) {
        return verdict;
      }
    }
    return Verdict.MATCH;
  }
}
