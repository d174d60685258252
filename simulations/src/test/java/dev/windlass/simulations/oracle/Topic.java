package dev.windlass.simulations.oracle;

/** What a case is about. A case has a few, so that the rules refuse alone and together. */
enum Topic {
  RESOURCES,
  TAINTS,
  NODE_AFFINITY,
  PORTS,
  SPREAD,
  AFFINITY,
  ANTI_AFFINITY
}
