package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.plan.Explanation.Evidence;
import dev.windlass.daemon.plan.Explanation.Facts;
import java.util.Optional;

/** Answers "why?" for objects of a dump, those that the decision never saw included. */
final class DumpExplainer {
  private DumpExplainer() {}

  static Explanation explain(Explanation.Subject subject, Dump dump, Decision decision) {
    Optional<Explanation> unseen =
        switch (subject) {
          case Explanation.Subject.OfScaler of -> refused(of.scaler(), dump);
          case Explanation.Subject.OfPod _, Explanation.Subject.OfNode _ -> Optional.empty();
        };
    return unseen.orElseGet(() -> Explainer.explain(subject, dump.snapshot(), decision));
  }

  private static Optional<Explanation> refused(ObjectKey scaler, Dump dump) {
    String what = Dump.scaler(scaler);
    return dump.refused().stream()
        .filter(each -> each.what().equals(what))
        .findFirst()
        .map(each ->
            new Explanation(
                "scaler " + scaler,
                Dump.CO_OWNED,
                "It is left out: its target has another owner.",
                Evidence.NONE,
                new Facts().add("Because", each.why()).list()));
  }
}
