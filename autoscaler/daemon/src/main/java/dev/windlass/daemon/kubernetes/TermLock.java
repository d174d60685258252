package dev.windlass.daemon.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * A Lease that can be given back. The client writes a Lease as a merge patch, in which an absent
 * holder means the holder that is there; an empty one is what frees it. Also knows how long and
 * under which number this process holds it.
 */
final class TermLock extends LeaseLock {
  private final IntSupplier lowest;
  private final LongSupplier nanos;
  private volatile Term term = Term.NONE;

  /**
   * The lock of one process.
   *
   * @param lowest the transitions with which a Lease that does not exist begins
   * @param nanos a clock that never goes back
   */
  TermLock(String namespace, String name, String identity, IntSupplier lowest, LongSupplier nanos) {
    super(namespace, name, identity);
    this.lowest = lowest;
    this.nanos = nanos;
  }

  /** What was written last; one that does not hold the Lease when it was given back. */
  Term term() {
    return term;
  }

  @Override
  public synchronized void create(KubernetesClient client, LeaderElectionRecord wanted) {
    LeaderElectionRecord first =
        wanted.toBuilder().leaderTransitions(Math.max(0, lowest.getAsInt())).build();
    long before = nanos.getAsLong();
    super.create(client, first);
    term = Term.of(first, identity(), before);
  }

  @Override
  public synchronized void update(KubernetesClient client, LeaderElectionRecord wanted) {
    long before = nanos.getAsLong();
    super.update(client, wanted);
    term = Term.of(wanted, identity(), before);
  }

  @Override
  protected Lease toResource(LeaderElectionRecord wanted, ObjectMetaBuilder metadata) {
    Lease lease = super.toResource(wanted, metadata);
    if (lease.getSpec().getHolderIdentity() == null) {
      lease.getSpec().setHolderIdentity("");
    }
    return lease;
  }

  /**
   * A Lease as this process wrote it.
   *
   * @param held whether this process holds it
   * @param transitions how often it had changed hands
   * @param writtenAt in nanoseconds, taken before the request
   */
  record Term(boolean held, int transitions, long writtenAt) {
    static final Term NONE = new Term(false, 0, 0);

    private static Term of(LeaderElectionRecord written, String identity, long at) {
      return new Term(
          Objects.equals(written.getHolderIdentity(), identity),
          written.getLeaderTransitions(),
          at);
    }
  }
}
