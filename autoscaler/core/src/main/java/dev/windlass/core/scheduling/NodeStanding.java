package dev.windlass.core.scheduling;

/** What a node is good for now. */
public enum NodeStanding {
  /** Pods can run there. */
  READY,
  /** Pods will run there soon: it has not been ready yet, or a startup taint is still there. */
  STARTING,
  /** It is not ready and was given its time. */
  UNREADY,
  /** It is being removed. */
  LEAVING
}
