package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import dev.windlass.provider.spi.GroupView.Remark;
import dev.windlass.provider.spi.GroupView.Remark.Kind;
import java.util.ArrayList;
import java.util.List;

/** What a person should know of a group: who else deletes or adds its machines. */
final class Remarks {
  private Remarks() {}

  static List<Remark> of(ManagerId id, InstanceGroupManager group) {
    List<Remark> remarks = new ArrayList<>();
    if (!group.getStatus().getAutoscaler().isEmpty()) {
      remarks.add(
          new Remark(Kind.RIVAL, "an autoscaler of Google Cloud is attached to " + id.name()));
    }
    if (id.isRegional()
        && !group.getUpdatePolicy().getInstanceRedistributionType().equals("NONE")) {
      remarks.add(
          new Remark(
              Kind.RIVAL,
              id.name()
                  + " moves machines between zones by deleting them: set its redistribution type"
                  + " to NONE"));
    }
    if (group.getAutoHealingPoliciesCount() > 0) {
      remarks.add(
          new Remark(
              Kind.RIVAL, id.name() + " heals by itself: it replaces machines without a drain"));
    }
    if (group.getUpdatePolicy().getType().equals("PROACTIVE")) {
      remarks.add(
          new Remark(
              Kind.RIVAL,
              id.name() + " is updated proactively: a new template replaces running machines"));
    }
    if (group.getDistributionPolicy().getTargetShape().equals("EVEN")) {
      remarks.add(
          new Remark(
              Kind.CONFIGURATION,
              id.name() + " spreads evenly: one zone without machines stops all of them"));
    }
    return remarks;
  }
}
