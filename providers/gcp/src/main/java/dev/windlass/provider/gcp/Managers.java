package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import java.util.List;

/** The requests about one managed group, whose methods are others for zones than for regions. */
interface Managers {
  InstanceGroupManager get(ManagerId id);

  Page<ManagedInstance> machines(ManagerId id, int pageSize, String token);

  Operation create(ManagerId id, List<String> names, String requestId);

  /** Machines that are not the group's any more are passed over. */
  Operation delete(ManagerId id, List<String> links, String requestId);
}
