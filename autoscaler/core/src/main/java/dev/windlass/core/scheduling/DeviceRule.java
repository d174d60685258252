package dev.windlass.core.scheduling;

import dev.windlass.core.devices.DeviceBook;
import dev.windlass.core.devices.DevicePools;
import dev.windlass.core.devices.Grant;
import dev.windlass.core.devices.NoDevices;
import dev.windlass.core.devices.NodeReach;
import dev.windlass.core.devices.PodClaims;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodDeviceClaim;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The claims of a pod find devices on the node.
 *
 * <p>Source: Kubernetes 1.36, plugin {@code dynamicresources}.
 */
final class DeviceRule implements ReservingRule {
  private final DeviceBook book;
  private final DevicePools pools;
  private final Map<Asked, PodClaims> claims = new HashMap<>();
  private final Set<String> backed = new TreeSet<>();
  private int nodesToCome;

  /** A shape, and the extended resources that it must get as devices. */
  private record Asked(PodShape shape, Set<String> resources) {}

  DeviceRule(Devices devices) {
    book = new DeviceBook(devices);
    pools = new DevicePools(devices.slices());
  }

  /** Whether the pods ask for an extended resource that devices may stand for. */
  boolean backsSomeOf(PodShape shape) {
    for (String resource : shape.requests().amounts().keySet()) {
      if (shape.requests().get(resource) > 0 && book.backs(resource)) {
        backed.add(resource);
      }
    }
    return shape.requests().amounts().keySet().stream().anyMatch(backed::contains);
  }

  @Override
  public Set<String> backs(Resources allocatable) {
    return backed.stream()
        .filter(resource -> allocatable.get(resource) == 0)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether pods of the shape on one node may take what pods of it on another need. */
  boolean contested(PodShape shape) {
    List<PodDeviceClaim> wanted = shape.spec().attachments().deviceClaims();
    return (!wanted.isEmpty() || backsSomeOf(shape))
        && (pools.reachSeveralNodes()
            || wanted.stream().anyMatch(claim -> claim.kind() == PodDeviceClaim.Kind.NAMED));
  }

  @Override
  public Optional<Refusal> invalid(PodShape shape) {
    NoDevices refusal = claims(shape, Set.of()).refusal();
    return refusal != null && refusal.cause() == NoDevices.Cause.INVALID
        ? Optional.of(refusal(refusal))
        : Optional.empty();
  }

  @Override
  public int room(PodShape shape, Slot slot, int wanted) {
    if (asksNothing(shape, slot)) {
      return wanted;
    }
    DeviceHold hold = hold(slot);
    int known = hold.known(shape, wanted);
    if (known >= 0) {
      return known;
    }
    int room = grants(claims(shape, slot.backed), hold, wanted).size();
    hold.remember(shape, wanted, room);
    return room;
  }

  @Override
  public Optional<Refusal> refuse(PodShape shape, Slot slot) {
    if (asksNothing(shape, slot)) {
      return Optional.empty();
    }
    DeviceHold hold = hold(slot);
    return switch (hold.book.ask(claims(shape, slot.backed), hold.devices)) {
      case DeviceBook.Answer.Granted _ -> Optional.empty();
      case DeviceBook.Answer.Refused(NoDevices why) -> Optional.of(refusal(why));
    };
  }

  @Override
  public void reserve(PodShape shape, Slot slot, int count) {
    if (asksNothing(shape, slot)) {
      return;
    }
    DeviceHold hold = hold(slot);
    hold.take(grants(claims(shape, slot.backed), hold, count));
  }

  @Override
  public void unreserve(PodShape shape, Slot slot, int count) {
    if (!asksNothing(shape, slot)) {
      hold(slot).release();
    }
  }

  /** What a pod on its node has is written in its claims. */
  @Override
  public void run(Pod pod, PodShape shape, Slot slot) {
    if (!pod.occupiesNode()) {
      reserve(shape, slot, 1);
    }
  }

  /** What so many pods would get one after another, as far as there is something. */
  private static List<Grant> grants(PodClaims claims, DeviceHold hold, int wanted) {
    DeviceBook trial = hold.book.layer();
    List<Grant> grants = new ArrayList<>();
    while (grants.size() < wanted
        && trial.ask(claims, hold.devices) instanceof DeviceBook.Answer.Granted(Grant grant)) {
      if (grant.changesNothing()) {
        return Collections.nCopies(wanted, grant);
      }
      trial.take(grant);
      grants.add(grant);
    }
    return grants;
  }

  private boolean asksNothing(PodShape shape, Slot slot) {
    PodClaims asked = claims(shape, slot.backed);
    return asked.claims().isEmpty() && asked.refusal() == null;
  }

  private PodClaims claims(PodShape shape, Set<String> resources) {
    return claims.computeIfAbsent(new Asked(shape, resources), this::read);
  }

  private PodClaims read(Asked asked) {
    SortedMap<String, Long> extended = new TreeMap<>();
    for (String resource : asked.resources()) {
      long wanted = asked.shape().requests().get(resource);
      if (wanted > 0) {
        extended.put(resource, wanted);
      }
    }
    return book.read(asked.shape().spec().attachments().deviceClaims(), extended);
  }

  private DeviceHold hold(Slot slot) {
    DeviceHold known = slot.claimed;
    if (known == null) {
      Slot origin = slot.trialOf;
      if (origin == null) {
        known = new DeviceHold(book, pools.on(reach(slot), brought(slot)));
      } else {
        DeviceHold below = hold(origin);
        known = new DeviceHold(below.book.layer(), below.devices);
      }
      slot.claimed = known;
    }
    return known;
  }

  private static NodeReach reach(Slot slot) {
    return new NodeReach(slot.name(), slot.facts().labels());
  }

  /** The template counts for drivers that have not spoken for the node yet. */
  private List<ResourceSlice> brought(Slot slot) {
    int number = ++nodesToCome;
    return slot.facts().devicesToCome().stream()
        .filter(slice -> !pools.offers(slice.pool().driver(), slot.name()))
        .map(slice -> slice.on(slot.name(), number))
        .toList();
  }

  private static Refusal refusal(NoDevices why) {
    Refusal.Rule rule =
        switch (why.cause()) {
          case INVALID -> Refusal.Rule.INVALID_SPEC;
          case CLAIM -> Refusal.Rule.DEVICE_CLAIM;
          case DEVICES -> Refusal.Rule.DEVICES;
        };
    return new Refusal(rule, why.message());
  }
}
