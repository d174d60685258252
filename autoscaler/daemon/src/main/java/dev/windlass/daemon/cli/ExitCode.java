package dev.windlass.daemon.cli;

/** How a command ends. */
public final class ExitCode {
  /** It did what it should. */
  public static final int OK = 0;

  /** It failed. */
  public static final int FAILURE = 1;

  /** What the user handed over is wrong; every problem has been told. */
  public static final int BAD_INPUT = 2;

  private ExitCode() {}
}
