package dev.windlass.core.devices;

import dev.windlass.core.devices.NodeDevices.Candidate;
import dev.windlass.core.devices.NodeDevices.Pool;
import dev.windlass.core.model.DeviceId;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceSelector.Verdict;
import dev.windlass.core.model.ResourceClaim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for devices for all claims of a pod on one node: the first that suits each, in the order of
 * the pools, going back over every earlier choice when nothing suits. Used once.
 *
 * <p>Source: Kubernetes 1.36, {@code dynamic-resource-allocation/structured}, the allocator that
 * the features on by default ask for. Instead of its ten seconds there is a bound on steps.
 */
final class DeviceSearch {
  /** A claim gets at most so many devices. Source: Kubernetes, AllocationResultsMaxSize. */
  static final int MAX_DEVICES = 32;

  /** Devices tried for one pod on one node. */
  static final int MAX_STEPS = 20_000;

  private final List<PodClaims.One> claims;
  private final NodeDevices node;
  private final SelectorAnswers answers;
  private final List<Spot> spots = new ArrayList<>();
  private final List<List<List<Plan>>> plans = new ArrayList<>();
  private final Choices choices;
  private int steps;
  private @Nullable NoDevices stopped;

  /** What came of it. */
  sealed interface Outcome {}

  /** What each claim gets. */
  record Found(List<ResourceClaim.Allocation> allocations) implements Outcome {}

  /** Something is wrong with a claim, or the bound was reached. */
  record Stopped(NoDevices why) implements Outcome {}

  /** There is no way. */
  record Exhausted() implements Outcome {}

  /** A device and where it is from. */
  record Spot(Pool pool, Candidate candidate) {
    DeviceId id() {
      return candidate.id();
    }
  }

  /** How many devices a choice takes; all of them, when they are known beforehand. */
  record Plan(PodClaims.Choice choice, long count, @Nullable List<Spot> all) {}

  /** How far the search is; a choice of -1 is still to be made. */
  record Place(int claim, int request, int choice, int device) {}

  private enum Result {
    DONE,
    NONE,
    TOO_MANY,
    STOPPED
  }

  DeviceSearch(
      List<PodClaims.One> claims, NodeDevices node, DeviceLedger ledger, SelectorAnswers answers) {
    this.claims = claims;
    this.node = node;
    this.answers = answers;
    choices = new Choices(claims, ledger);
    for (Pool pool : node.pools()) {
      pool.candidates().forEach(candidate -> spots.add(new Spot(pool, candidate)));
    }
  }

  Outcome run() {
    for (PodClaims.One claim : claims) {
      if (!plan(claim)) {
        return stopped == null ? new Exhausted() : new Stopped(stopped);
      }
    }
    return switch (next(new Place(0, 0, -1, 0), 0)) {
      case DONE -> new Found(choices.allocations(node.node()));
      case NONE, TOO_MANY -> new Exhausted();
      case STOPPED -> stopped == null ? new Exhausted() : new Stopped(stopped);
    };
  }

  /** Says how many devices each request is for; a claim that can't hold them is no claim. */
  private boolean plan(PodClaims.One claim) {
    List<List<Plan>> requests = new ArrayList<>();
    long least = 0;
    for (PodClaims.Wanted wanted : claim.requests()) {
      List<Plan> ways = new ArrayList<>();
      long fewest = Long.MAX_VALUE;
      for (PodClaims.Choice choice : wanted.choices()) {
        Plan plan = plan(claim, wanted, choice);
        if (plan == null) {
          return false;
        }
        ways.add(plan);
        fewest = Math.min(fewest, plan.count());
      }
      requests.add(ways);
      least += fewest;
    }
    plans.add(requests);
    if (least > MAX_DEVICES) {
      stop(
          NoDevices.devices(
              claim.words() + " asks for " + least + " devices, it may have " + MAX_DEVICES));
    }
    return stopped == null;
  }

  private @Nullable Plan plan(
      PodClaims.One claim, PodClaims.Wanted wanted, PodClaims.Choice choice) {
    return switch (choice.spec().count()) {
      case DeviceRequest.Count.Exactly(long devices) -> new Plan(choice, devices, null);
      case DeviceRequest.Count.All() -> {
        if (node.trouble() != null) {
          stop(
              NoDevices.devices(
                  words(claim, wanted) + " is for all devices, but " + node.trouble()));
          yield null;
        }
        List<Spot> all = new ArrayList<>();
        for (Spot spot : spots) {
          if (selectable(choice, spot) && choices.hasCapacity(choice, spot.candidate())) {
            all.add(spot);
          }
        }
        yield stopped == null ? new Plan(choice, all.size(), all) : null;
      }
    };
  }

  private static String words(PodClaims.One claim, PodClaims.Wanted wanted) {
    return claim.words() + ", request " + wanted.request().name();
  }

  private Result next(Place at, int from) {
    if (at.claim() == claims.size()) {
      return Result.DONE;
    }
    List<PodClaims.Wanted> requests = claims.get(at.claim()).requests();
    if (at.request() == requests.size()) {
      Result rest = next(new Place(at.claim() + 1, 0, -1, 0), 0);
      return rest == Result.TOO_MANY ? Result.NONE : rest;
    }
    List<Plan> ways = plans.get(at.claim()).get(at.request());
    if (at.choice() >= 0) {
      return devices(at, ways.get(at.choice()), from);
    }
    return requests.get(at.request()).request().isList()
        ? choose(at, ways)
        : devices(new Place(at.claim(), at.request(), 0, 0), ways.getFirst(), 0);
  }

  private Result choose(Place at, List<Plan> ways) {
    Result outcome = Result.TOO_MANY;
    for (int way = 0; way < ways.size(); way++) {
      Result result = devices(new Place(at.claim(), at.request(), way, 0), ways.get(way), 0);
      if (result == Result.DONE || result == Result.STOPPED) {
        return result;
      }
      outcome = result == Result.NONE ? Result.NONE : outcome;
    }
    return outcome;
  }

  private Result devices(Place at, Plan plan, int from) {
    if (plan.all() != null && plan.all().isEmpty()) {
      return Result.NONE;
    }
    if (at.device() >= plan.count()) {
      return next(new Place(at.claim(), at.request() + 1, -1, 0), 0);
    }
    if (choices.size(at.claim()) + plan.count() - at.device() > MAX_DEVICES) {
      return Result.TOO_MANY;
    }
    if (plan.all() != null) {
      Spot spot = plan.all().get(at.device());
      return counted() ? attempt(at, plan, spot, 0) : Result.STOPPED;
    }
    for (int index = from; index < spots.size(); index++) {
      Spot spot = spots.get(index);
      if (!counted()) {
        return Result.STOPPED;
      }
      if (!choices.isFree(at.claim(), plan.choice(), spot.candidate())
          || !selectable(plan.choice(), spot)
          || !choices.hasCapacity(plan.choice(), spot.candidate())) {
        if (stopped != null) {
          return Result.STOPPED;
        }
        continue;
      }
      Result result = attempt(at, plan, spot, index + 1);
      if (result != Result.NONE) {
        return result;
      }
    }
    return Result.NONE;
  }

  private Result attempt(Place at, Plan plan, Spot spot, int from) {
    PodClaims.One claim = claims.get(at.claim());
    PodClaims.Wanted wanted = claim.requests().get(at.request());
    Choices.Taken taken = choices.take(at, wanted, plan, spot);
    if (taken == Choices.Taken.AGAINST_CONSTRAINT && plan.all() != null) {
      stop(
          NoDevices.devices(
              words(claim, wanted) + " is for all devices, and a constraint forbids " + spot.id()));
      return Result.STOPPED;
    }
    if (taken != Choices.Taken.YES) {
      return Result.NONE;
    }
    Result rest = next(new Place(at.claim(), at.request(), at.choice(), at.device() + 1), from);
    if (rest != Result.DONE) {
      choices.giveBack();
    }
    return rest;
  }

  private boolean counted() {
    if (++steps > MAX_STEPS) {
      stop(
          NoDevices.devices(
              "no devices were found for the pod's claims within "
                  + MAX_STEPS
                  + " steps, the bound on one search"));
      return false;
    }
    return true;
  }

  private boolean selectable(PodClaims.Choice choice, Spot spot) {
    return switch (answers.ask(choice.selectors(), spot.candidate())) {
      case Verdict.Match() -> spot.candidate().reached();
      case Verdict.NoMatch() -> false;
      case Verdict.Failed(String why) -> {
        stop(
            NoDevices.devices(
                "a selector of class "
                    + choice.spec().deviceClass()
                    + " or of the request failed on device "
                    + spot.candidate().id()
                    + ": "
                    + why));
        yield false;
      }
    };
  }

  private void stop(NoDevices why) {
    stopped = stopped == null ? why : stopped;
  }
}
