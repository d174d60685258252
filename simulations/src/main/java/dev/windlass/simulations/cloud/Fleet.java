package dev.windlass.simulations.cloud;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Price;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The machines of one or more clouds, as those who boot and audit them see them. */
public interface Fleet {
  /** How long a machine takes from its launch to a ready node. */
  CloudDelays delays();

  /** What happened until now and has not been taken before, in order of time. */
  List<CloudEvent> takeEvents(Instant now);

  /** Every change of size accepted so far. */
  List<CloudOrder> orders();

  /** Whether a cloud still has the machine, in whatever state. */
  boolean has(InstanceId instance, Instant now);

  /** The targets of all groups. */
  Map<NodeGroupName, Integer> targets();

  /** What all machines cost now. */
  Price hourlyCost();
}
