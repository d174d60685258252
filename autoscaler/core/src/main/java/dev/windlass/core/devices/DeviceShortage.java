package dev.windlass.core.devices;

import dev.windlass.core.devices.NodeDevices.Candidate;
import dev.windlass.core.model.DeviceClaim.Constraint;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.DeviceSelector.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says which request found too few devices, and how many there were after each rule. */
final class DeviceShortage {
  private final List<PodClaims.One> claims;
  private final NodeDevices node;
  private final SelectorAnswers answers;
  private final Choices choices;

  DeviceShortage(
      List<PodClaims.One> claims, NodeDevices node, DeviceLedger ledger, SelectorAnswers answers) {
    this.claims = claims;
    this.node = node;
    this.answers = answers;
    choices = new Choices(claims, ledger);
  }

  NoDevices explain() {
    for (PodClaims.One claim : claims) {
      for (PodClaims.Wanted wanted : claim.requests()) {
        List<String> missing = new ArrayList<>();
        for (PodClaims.Choice choice : wanted.choices()) {
          Count count = count(choice);
          if (count.missing(choice)) {
            missing.add(count.words(choice));
          }
        }
        if (missing.size() == wanted.choices().size()) {
          return NoDevices.devices(
              claim.words()
                  + ", request "
                  + wanted.request().name()
                  + ": "
                  + String.join("; or ", missing)
                  + (node.trouble() == null ? "" : "; " + node.trouble()));
        }
      }
    }
    return NoDevices.devices(together());
  }

  /** Devices of the node after each rule. */
  private record Count(int all, int selected, int free, int usable) {
    boolean missing(PodClaims.Choice choice) {
      return switch (choice.spec().count()) {
        case DeviceRequest.Count.Exactly(long devices) -> usable < devices;
        case DeviceRequest.Count.All() -> selected == 0 || usable < selected;
      };
    }

    String words(PodClaims.Choice choice) {
      String wanted =
          switch (choice.spec().count()) {
            case DeviceRequest.Count.Exactly(long devices) -> Long.toString(devices);
            case DeviceRequest.Count.All() -> "all";
          };
      String selectors =
          choice.selectors().stream()
              .map(DeviceSelector::expression)
              .collect(Collectors.joining(" && "));
      return "wants "
          + wanted
          + " of class "
          + choice.spec().deviceClass()
          + (selectors.isEmpty() ? "" : " (" + selectors + ")")
          + ", the node reaches "
          + all
          + " devices, "
          + selected
          + " match, "
          + free
          + " of these are free, "
          + usable
          + " without a taint";
    }
  }

  private Count count(PodClaims.Choice choice) {
    int all = 0;
    int selected = 0;
    int free = 0;
    int usable = 0;
    for (Candidate candidate : node.candidates()) {
      all += candidate.reached() ? 1 : 0;
      boolean matches =
          answers.ask(choice.selectors(), candidate) instanceof Verdict.Match
              && candidate.reached();
      boolean isFree =
          matches && choices.isFree(0, choice, candidate) && choices.hasCapacity(choice, candidate);
      boolean tolerated =
          isFree
              && TaintRule.refuse(candidate.device(), choice.spec().terms().tolerations())
                  .isEmpty();
      selected += matches ? 1 : 0;
      free += isFree ? 1 : 0;
      usable += tolerated ? 1 : 0;
    }
    return new Count(all, selected, free, usable);
  }

  /** Each request would find its devices alone. */
  private String together() {
    List<String> rules = new ArrayList<>();
    for (PodClaims.One claim : claims) {
      for (Constraint constraint : claim.spec().constraints()) {
        rules.add(
            switch (constraint.kind()) {
                  case MATCH -> "matchAttribute ";
                  case DISTINCT -> "distinctAttribute ";
                }
                + constraint.attribute());
      }
    }
    boolean counters =
        node.candidates().stream().anyMatch(each -> !each.device().consumes().isEmpty());
    if (counters) {
      rules.add("the shared counters of the devices");
    }
    return claims.stream().map(PodClaims.One::words).collect(Collectors.joining(", "))
        + ": each request finds devices, but no choice of them suits all"
        + (rules.isEmpty() ? "" : " under " + String.join(", ", rules));
  }
}
