package dev.windlass.simulations.oracle;

/**
 * What Windlass says of a pod on one node, asked in both ways that planners ask.
 *
 * @param room how many of at most one pod may go there
 * @param refusal why none may; empty if one may
 */
record Verdict(int room, String refusal) {
  boolean accepts() {
    return room > 0;
  }
}
