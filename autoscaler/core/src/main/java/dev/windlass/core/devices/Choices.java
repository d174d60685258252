package dev.windlass.core.devices;

import dev.windlass.core.devices.DeviceSearch.Place;
import dev.windlass.core.devices.DeviceSearch.Plan;
import dev.windlass.core.devices.DeviceSearch.Spot;
import dev.windlass.core.devices.NodeDevices.Candidate;
import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceCapacity;
import dev.windlass.core.model.DeviceId;
import dev.windlass.core.model.ResourceClaim;
import dev.windlass.core.model.ResourceClaim.Held;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The devices chosen so far in a search, and the rules that each next one must keep.
 *
 * <p>As in kube-scheduler 1.36, what a device that is refused for its taints or for a constraint
 * would have consumed of shared counters stays counted until the search ends.
 */
final class Choices {
  private final DeviceLedger ledger;
  private final CounterBalance counters;
  private final List<AttributeRules> rules = new ArrayList<>();
  private final List<List<Choice>> chosen = new ArrayList<>();
  private final List<Choice> order = new ArrayList<>();
  private final Map<DeviceId, Set<Integer>> claimsOf = new HashMap<>();
  private final DeviceLedger parts = new DeviceLedger(null);

  /** A device that was chosen. */
  private record Choice(int claim, String request, String choice, Spot spot, Held held) {}

  Choices(List<PodClaims.One> claims, DeviceLedger ledger) {
    this.ledger = ledger;
    counters = new CounterBalance(ledger);
    for (PodClaims.One claim : claims) {
      rules.add(new AttributeRules(claim.spec().constraints()));
      chosen.add(new ArrayList<>());
    }
  }

  /** How many devices a claim has. */
  int size(int claim) {
    return chosen.get(claim).size();
  }

  /** Whether a device may be taken for a claim, for all that other claims have. */
  boolean isFree(int claim, PodClaims.Choice choice, Candidate candidate) {
    Set<Integer> claims = claimsOf.getOrDefault(candidate.id(), Set.of());
    return choice.spec().terms().adminAccess()
        ? !claims.contains(claim)
        : claims.isEmpty() && !ledger.isTaken(candidate.id());
  }

  /** Whether a device has as much left as the choice takes. */
  boolean hasCapacity(PodClaims.Choice choice, Candidate candidate) {
    Device device = candidate.device();
    Map<String, BigDecimal> part = CapacityRules.part(device, choice.spec().terms().capacity());
    if (part == null) {
      return false;
    }
    for (Map.Entry<String, DeviceCapacity> each : device.capacity().entrySet()) {
      BigDecimal wanted = part.getOrDefault(each.getKey(), BigDecimal.ZERO);
      BigDecimal taken =
          ledger
              .taken(candidate.id(), each.getKey())
              .add(parts.taken(candidate.id(), each.getKey()));
      if (taken.add(wanted).compareTo(each.getValue().amount()) > 0) {
        return false;
      }
    }
    return true;
  }

  /** What came of asking for a device. */
  enum Taken {
    YES,
    NO,
    /** A constraint of the claim speaks against it. */
    AGAINST_CONSTRAINT
  }

  /** Takes a device if every rule lets it. */
  Taken take(Place at, PodClaims.Wanted wanted, Plan plan, Spot spot) {
    PodClaims.Choice choice = plan.choice();
    Candidate candidate = spot.candidate();
    Device device = candidate.device();
    boolean shared = device.sharing().amongClaims();
    if (!(shared && choice.spec().terms().adminAccess())
        && !isFree(at.claim(), choice, candidate)) {
      return Taken.NO;
    }
    boolean counts = !device.consumes().isEmpty() && !(shared && isInParts(candidate.id()));
    if (counts && !counters.take(spot.pool(), candidate)) {
      return Taken.NO;
    }
    if (TaintRule.refuse(device, choice.spec().terms().tolerations()).isPresent()) {
      return Taken.NO;
    }
    String request = wanted.request().name();
    String name = choice.spec().name();
    if (rules.get(at.claim()).add(request, name, candidate) != null) {
      return Taken.AGAINST_CONSTRAINT;
    }
    if (!hasCapacity(choice, candidate)) {
      rules.get(at.claim()).remove(request, name);
      return Taken.NO;
    }
    keep(new Choice(at.claim(), request, name, spot, held(choice, candidate)));
    return Taken.YES;
  }

  private boolean isInParts(DeviceId device) {
    return ledger.isShared(device) || parts.isShared(device);
  }

  private static Held held(PodClaims.Choice choice, Candidate candidate) {
    Map<String, BigDecimal> part =
        candidate.device().sharing().amongClaims()
            ? CapacityRules.part(candidate.device(), choice.spec().terms().capacity())
            : null;
    return new Held(candidate.id(), choice.spec().terms().adminAccess(), part);
  }

  private void keep(Choice choice) {
    chosen.get(choice.claim()).add(choice);
    order.add(choice);
    Held held = choice.held();
    if (held.part() != null) {
      parts.take(new Held(held.device(), false, held.part()));
    } else {
      claimsOf.computeIfAbsent(held.device(), _ -> new HashSet<>()).add(choice.claim());
    }
  }

  /** Gives back the device that was taken last. */
  void giveBack() {
    Choice last = order.removeLast();
    chosen.get(last.claim()).removeLast();
    rules.get(last.claim()).remove(last.request(), last.choice());
    Held held = last.held();
    if (held.part() != null) {
      parts.release(new Held(held.device(), false, held.part()));
      return;
    }
    Set<Integer> claims = claimsOf.getOrDefault(held.device(), Set.of());
    claims.remove(last.claim());
    if (!last.spot().candidate().device().consumes().isEmpty()) {
      counters.release(last.spot().pool(), last.spot().candidate());
    }
  }

  /** What each claim gets. */
  List<ResourceClaim.Allocation> allocations(NodeReach node) {
    List<ResourceClaim.Allocation> allocations = new ArrayList<>();
    for (List<Choice> claim : chosen) {
      List<Held> held = claim.stream().map(Choice::held).toList();
      List<Candidate> candidates = claim.stream().map(choice -> choice.spot().candidate()).toList();
      allocations.add(new ResourceClaim.Allocation(held, AllocationNodes.of(candidates, node)));
    }
    return allocations;
  }
}
