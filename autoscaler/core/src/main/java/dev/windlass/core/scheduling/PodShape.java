package dev.windlass.core.scheduling;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import dev.windlass.core.volumes.VolumeNeeds;
import java.util.List;

/** Pods that no rule can tell apart; planners place shapes and counts, not single pods. */
public final class PodShape {
  private final int index;
  private final PodSpec spec;
  private final Resources effective;
  final long[] requests;
  final int share;
  final List<HostPort> ports;
  final int staticId;
  final VolumeNeeds volumes;
  boolean attached;
  ShapeRules rules = ShapeRules.NONE;
  boolean contested;
  private boolean excludesItselfOnHosts;
  private boolean speaksOfHostsOnly = true;
  private boolean refusedForGood = true;

  PodShape(
      int index,
      PodSpec spec,
      Resources effective,
      long[] requests,
      int share,
      List<HostPort> ports,
      int staticId,
      VolumeNeeds volumes) {
    this.effective = effective;
    this.index = index;
    this.spec = spec;
    this.requests = requests;
    this.share = share;
    this.ports = List.copyOf(ports);
    this.staticId = staticId;
    this.volumes = volumes;
    attached = !spec.attachments().isEmpty() || !volumes.isNothing();
  }

  /** Says what it has to do with other pods; once, before it is placed. */
  void tie(ShapeRules own) {
    rules = own;
    excludesItselfOnHosts = own.excludesItselfOnHosts();
    speaksOfHostsOnly = own.speaksOfHostsOnly();
    refusedForGood = own.refusesForGood();
  }

  /** Its place among the workspace's shapes, from 0. */
  public int index() {
    return index;
  }

  /** What each pod takes, a share of a GPU device apart. */
  public Resources requests() {
    return effective;
  }

  /** The spec that its pods share. */
  public PodSpec spec() {
    return spec;
  }

  /**
   * The thousandths of one GPU device that each pod takes; 0 when it asks for none or for whole
   * ones.
   */
  public int share() {
    return share;
  }

  /** Whether other pods, on other nodes too, decide where it may go. */
  public boolean speaksOfPods() {
    return spec.rules().speaksOfPods() || contested;
  }

  /** Whether another pod may notice one on its node or in its domain, but for the room it takes. */
  boolean isNoticed() {
    return attached || !ports.isEmpty() || !rules.counted().isEmpty();
  }

  /** Whether it needs volumes or devices of its node. */
  public boolean isAttached() {
    return attached;
  }

  /** Whether nothing but room and what is fixed about a node decides where it may go. */
  public boolean isFree() {
    return rules.speakOfNothing() && !attached;
  }

  /** Whether no two of its pods may share a host. */
  public boolean excludesItselfOnHosts() {
    return excludesItselfOnHosts;
  }

  /** Whether only what runs on the host itself matters to it, if anything does. */
  public boolean speaksOfHostsOnly() {
    return speaksOfHostsOnly;
  }

  /** Whether a node that has no place for it gets none while pods are only added. */
  public boolean refusedForGood() {
    return refusedForGood;
  }

  @Override
  public String toString() {
    return "shape " + index;
  }
}
