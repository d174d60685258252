package dev.windlass.core.scaledown;

/** What a pod means for the removal of its node. */
sealed interface DrainVerdict {
  /** It is no hindrance and is left alone. */
  record Skip() implements DrainVerdict {}

  /** It can be evicted, if its budgets allow it and there is a place for it. */
  record Evict() implements DrainVerdict {}

  /** It goes with its node, but is asked to end first, when all others have gone. */
  record EvictLast() implements DrainVerdict {}

  /** The node waits until the pod ends by itself. */
  record Wait(String message) implements DrainVerdict {}

  /** The node stays. */
  record Block(KeptReason reason, String message) implements DrainVerdict {}
}
