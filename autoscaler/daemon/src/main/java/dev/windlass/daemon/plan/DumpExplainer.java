package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.plan.Explanation.Evidence;
import dev.windlass.daemon.plan.Explanation.Fact;
import dev.windlass.daemon.plan.Explanation.Facts;
import java.util.Optional;

/** Answers "why?" for objects of a dump, those that the decision never saw included. */
final class DumpExplainer {
  private DumpExplainer() {}

  static Explanation explain(Explanation.Subject subject, Dump dump, Decision decision) {
    Optional<Explanation> unseen =
        switch (subject) {
          case Explanation.Subject.OfPod of -> badPod(of.pod(), dump.unread());
          case Explanation.Subject.OfScaler _, Explanation.Subject.OfNode _ -> Optional.empty();
        };
    return unseen.orElseGet(() -> Explainer.explain(subject, dump.snapshot(), decision));
  }

  private static Optional<Explanation> badPod(ObjectKey pod, Unread unread) {
    return Optional.ofNullable(unread.badPods().get(pod))
        .map(reason ->
            new Explanation(
                "pod " + pod,
                Unread.BAD_OBJECT,
                "It stays pending: a field of it can't be understood.",
                Evidence.NONE,
                new Facts().add("Field", reason).add(Fact.REMEDY, "Correct the field.").list()));
  }
}
