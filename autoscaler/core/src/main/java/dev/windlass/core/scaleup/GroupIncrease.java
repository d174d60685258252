package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Variant;
import java.util.List;
import java.util.Map;

/**
 * One node group that grows.
 *
 * @param nodeGroup the group
 * @param from its target size now
 * @param to its target size then
 * @param variants how many of what
 * @param pods the pods that it is bought for
 * @param hourlyCost what all of it costs
 * @param reason one sentence: why this group
 */
public record GroupIncrease(
    NodeGroupName nodeGroup,
    int from,
    int to,
    Map<Variant, Integer> variants,
    List<ObjectKey> pods,
    Price hourlyCost,
    String reason) {
  public GroupIncrease {
    variants = Map.copyOf(variants);
    pods = List.copyOf(pods);
  }
}
