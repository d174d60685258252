package dev.windlass.provider.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Which requests go wrong. Each rule counts the requests that it fits, and the first rule whose
 * turn it is decides.
 */
public final class FaultScript {
  private final List<Rule> rules = new ArrayList<>();

  /**
   * Which requests a rule fits.
   *
   * @param method the API's method, or empty for all
   * @param group the cloud's id of the group, or empty for all
   * @param zone the zone that the request is about, or empty for all
   */
  public record Target(String method, String group, String zone) {
    /** Every request of a method. */
    public static Target of(String method) {
      return new Target(method, "", "");
    }

    private boolean fits(Journal.Request request) {
      return (method.isEmpty() || method.equals(request.method()))
          && (group.isEmpty() || group.equals(request.group()))
          && (zone.isEmpty() || zone.equals(request.zone()));
    }
  }

  /** The next fitting request gets the fault. */
  public void once(Target target, Fault fault) {
    times(target, 1, fault);
  }

  /** The next fitting requests get the fault, as many as this. */
  public void times(Target target, int times, Fault fault) {
    after(target, 0, times, fault);
  }

  /** Lets some fitting requests pass before the fault. */
  public synchronized void after(Target target, int passed, int times, Fault fault) {
    rules.add(new Rule(target, passed, times, fault));
  }

  /** Every fitting request gets the fault until the script is cleared. */
  public void always(Target target, Fault fault) {
    times(target, Integer.MAX_VALUE, fault);
  }

  /** Nothing goes wrong any more. */
  public synchronized void clear() {
    rules.clear();
  }

  /** What a request gets in place of the truth. */
  synchronized Optional<Fault> take(Journal.Request request) {
    for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
      Rule rule = each.next();
      if (!rule.target.fits(request)) {
        continue;
      }
      if (rule.passing > 0) {
        rule.passing--;
        continue;
      }
      rule.times--;
      if (rule.times == 0) {
        each.remove();
      }
      return Optional.of(rule.fault);
    }
    return Optional.empty();
  }

  private static final class Rule {
    private final Target target;
    private final Fault fault;
    private int passing;
    private int times;

    Rule(Target target, int passing, int times, Fault fault) {
      this.target = target;
      this.passing = passing;
      this.times = times;
      this.fault = fault;
    }
  }
}
