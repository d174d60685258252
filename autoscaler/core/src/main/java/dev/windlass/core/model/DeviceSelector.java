package dev.windlass.core.model;

/**
 * A condition on devices, ready to be asked. Equal expressions are equal selectors, so that pods
 * with equal claims stay of one shape; whoever reads the cluster brings the language.
 */
public interface DeviceSelector {
  /** What was written. */
  String expression();

  /** Whether a device of this driver meets the condition. The same answer for the same device. */
  Verdict ask(String driver, Device device);

  /**
   * What Kubernetes would refuse.
   *
   * @param expression what was written
   * @param why what is wrong with it
   */
  record Invalid(String expression, String why) implements DeviceSelector {
    @Override
    public Verdict ask(String driver, Device device) {
      return new Verdict.Failed(why);
    }
  }

  /** An answer. */
  sealed interface Verdict {
    /** The device meets it. */
    record Match() implements Verdict {}

    /** The device does not. */
    record NoMatch() implements Verdict {}

    /** The condition can't be evaluated on this device, for instance for a missing attribute. */
    record Failed(String why) implements Verdict {}

    Verdict MATCH = new Match();
    Verdict NO_MATCH = new NoMatch();
  }
}
