package dev.windlass.core.scaledown;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A pod whose data would die with its node keeps it, unless it says that the data may go. */
final class LocalStorageRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    Set<String> dear = new TreeSet<>(pod.lifecycle().localStorage().volumes());
    String spared = pod.metadata().annotations().get(Keys.SAFE_TO_EVICT_VOLUMES);
    if (spared != null) {
      dear.removeAll(List.of(spared.split(",", -1)));
    }
    return dear.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DrainVerdict.Block(
                KeptReason.LOCAL_STORAGE,
                "pod " + pod.key() + " keeps data on the node in " + dear));
  }
}
