package dev.windlass.daemon.cloud;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;

/**
 * Port: where the intent of a cloud call is written before the call. A process that is no longer
 * the leader cannot write it, so it cannot call.
 */
public interface OperationJournal {
  /**
   * Writes an intent.
   *
   * @return an empty text, or why it could not be written
   */
  String begin(NodeGroupName group, Intent intent);

  /** Notes under which name the cloud goes on with an intent. */
  void accepted(NodeGroupName group, OperationId operation, String handle);

  /** Has an intent removed whose outcome is known, with the next intent or {@link #tidy}. */
  void finish(NodeGroupName group, OperationId operation);

  /** Removes what is finished and still written; what can't be removed now is removed later. */
  void tidy();

  /**
   * What is about to be asked of a cloud.
   *
   * @param operation names it
   * @param from the target that is expected; negative when it does not matter
   * @param to the target asked for; negative when it does not matter
   */
  record Intent(OperationId operation, int from, int to) {}
}
