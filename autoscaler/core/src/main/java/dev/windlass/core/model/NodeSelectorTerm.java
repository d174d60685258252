package dev.windlass.core.model;

import java.util.List;

/**
 * One alternative of a required node affinity: all expressions hold.
 *
 * @param labels expressions over the node's labels
 * @param fields expressions over the node's fields; {@code metadata.name} is the only one there is
 */
public record NodeSelectorTerm(List<Requirement> labels, List<Requirement> fields) {
  public NodeSelectorTerm {
    labels = List.copyOf(labels);
    fields = List.copyOf(fields);
  }
}
