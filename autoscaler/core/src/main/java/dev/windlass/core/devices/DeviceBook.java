package dev.windlass.core.devices;

import dev.windlass.core.model.Devices;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodDeviceClaim;
import dev.windlass.core.model.ResourceClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has which devices, and what would be left for a pod. What is taken in thought is released in
 * any order. A layer sees everything below it and changes nothing there.
 */
public final class DeviceBook {
  private final Devices devices;
  private final SelectorAnswers answers;
  private final DeviceLedger ledger;
  private final @Nullable DeviceBook below;
  private final Map<ObjectKey, ResourceClaim.Allocation> allocated = new HashMap<>();
  private final Map<ObjectKey, Integer> users = new HashMap<>();
  private int version;

  /** The cluster as it is. */
  public DeviceBook(Devices devices) {
    this(devices, new SelectorAnswers(), new DeviceLedger(null), null);
    for (ResourceClaim claim : devices.claims().values()) {
      if (claim.allocation() != null) {
        ledger.take(claim.allocation());
      }
    }
  }

  private DeviceBook(
      Devices devices, SelectorAnswers answers, DeviceLedger ledger, @Nullable DeviceBook below) {
    this.devices = devices;
    this.answers = answers;
    this.ledger = ledger;
    this.below = below;
  }

  /** A book to try things in. */
  public DeviceBook layer() {
    return new DeviceBook(devices, answers, new DeviceLedger(ledger), this);
  }

  /** Changes whenever something was taken or released that more than one node reaches. */
  public int version() {
    return version + (below == null ? 0 : below.version());
  }

  /** Whether devices of some class stand for an extended resource. */
  public boolean backs(String resource) {
    return resource.indexOf('/') > 0
        && devices.classes().values().stream().anyMatch(each -> each.backs(resource));
  }

  /**
   * Reads the claims of a pod.
   *
   * @param extended the amounts of extended resources that it must get as devices
   */
  public PodClaims read(List<PodDeviceClaim> claims, SortedMap<String, Long> extended) {
    return new ClaimReader(devices).read(claims, extended);
  }

  /** What the pod's claims would get on a node. */
  public sealed interface Answer {
    /** All get what they ask for. */
    record Granted(Grant grant) implements Answer {}

    /** They do not. */
    record Refused(NoDevices why) implements Answer {}
  }

  /** Looks for devices for all claims of a pod that have none. */
  public Answer ask(PodClaims pod, NodeDevices node) {
    if (pod.refusal() != null) {
      return new Answer.Refused(pod.refusal());
    }
    List<PodClaims.One> open = new ArrayList<>();
    List<ObjectKey> shared = new ArrayList<>();
    for (PodClaims.One claim : pod.claims()) {
      ObjectKey key = claim.key();
      ResourceClaim.Allocation known = key == null ? null : allocation(key);
      if (key != null) {
        shared.add(key);
      }
      if (known == null || key == null) {
        open.add(claim);
        continue;
      }
      NoDevices refusal = unusable(key, known, node.node());
      if (refusal != null) {
        return new Answer.Refused(refusal);
      }
    }
    if (open.isEmpty()) {
      return new Answer.Granted(new Grant(List.of(), shared, false));
    }
    return switch (new DeviceSearch(open, node, ledger, answers).run()) {
      case DeviceSearch.Found(List<ResourceClaim.Allocation> found) ->
          new Answer.Granted(
              new Grant(matched(open, found), shared, shared.isEmpty() && onlyHere(found, node)));
      case DeviceSearch.Stopped(NoDevices why) -> new Answer.Refused(why);
      case DeviceSearch.Exhausted() ->
          new Answer.Refused(new DeviceShortage(open, node, ledger, answers).explain());
    };
  }

  private static boolean onlyHere(List<ResourceClaim.Allocation> found, NodeDevices node) {
    return found.stream()
        .flatMap(allocation -> allocation.devices().stream())
        .allMatch(held -> node.ownsPoolOf(held.device()));
  }

  private static List<Grant.One> matched(
      List<PodClaims.One> claims, List<ResourceClaim.Allocation> found) {
    List<Grant.One> matched = new ArrayList<>();
    for (int index = 0; index < claims.size(); index++) {
      matched.add(new Grant.One(claims.get(index).key(), found.get(index)));
    }
    return matched;
  }

  private @Nullable NoDevices unusable(
      ObjectKey key, ResourceClaim.Allocation allocation, NodeReach node) {
    if (users(key) >= ResourceClaim.MAX_USERS) {
      return NoDevices.claim(
          "claim " + key + " is in use by " + ResourceClaim.MAX_USERS + " pods, the most it may");
    }
    List<NodeSelectorTerm> nodes = allocation.nodes();
    if (nodes != null && !node.matches(nodes)) {
      return NoDevices.claim("claim " + key + " got devices that this node does not reach");
    }
    return null;
  }

  private ResourceClaim.@Nullable Allocation allocation(ObjectKey key) {
    ResourceClaim.Allocation here = allocated.get(key);
    if (here != null) {
      return here;
    }
    if (below != null) {
      return below.allocation(key);
    }
    ResourceClaim claim = devices.claims().get(key);
    return claim == null ? null : claim.allocation();
  }

  private int users(ObjectKey key) {
    int here = users.getOrDefault(key, 0);
    if (below != null) {
      return here + below.users(key);
    }
    ResourceClaim claim = devices.claims().get(key);
    return here + (claim == null ? 0 : claim.users());
  }

  /** Takes what was granted. */
  public void take(Grant grant) {
    version += grant.onlyHere() ? 0 : 1;
    for (Grant.One one : grant.claims()) {
      ledger.take(one.allocation());
      if (one.key() != null) {
        allocated.put(one.key(), one.allocation());
      }
    }
    grant.users().forEach(key -> users.merge(key, 1, Integer::sum));
  }

  /** Gives back what was taken. */
  public void release(Grant grant) {
    version += grant.onlyHere() ? 0 : 1;
    for (Grant.One one : grant.claims()) {
      ledger.release(one.allocation());
      if (one.key() != null) {
        allocated.remove(one.key());
      }
    }
    grant.users().forEach(key -> users.merge(key, -1, Integer::sum));
  }
}
