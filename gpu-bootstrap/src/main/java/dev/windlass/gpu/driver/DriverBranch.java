package dev.windlass.gpu.driver;

import dev.windlass.gpu.catalogue.DriverVersion;
import java.util.Optional;

/**
 * A driver branch and its newest version known here. Source: GPU Operator 26.7 and NVIDIA's branch
 * list, 2026-09.
 */
public enum DriverBranch {
  R535(535, "535.309.01", "12.2", "long-term, ended 2026-06"),
  R570(570, "570.211.01", "12.8", "production, ended"),
  R580(580, "580.178.04", "13.0", "long-term until 2028-06, last for Volta and older"),
  R595(595, "595.91.07", "13.2", "production until 2027-03"),
  R610(610, "610.57.04", "13.2", "new features");

  /** What is chosen where nothing speaks against it: it drives every model of the catalogue. */
  static final DriverBranch USUAL = R580;

  private final int number;
  private final String newest;
  private final String cuda;
  private final String support;

  DriverBranch(int number, String newest, String cuda, String support) {
    this.number = number;
    this.newest = newest;
    this.cuda = cuda;
    this.support = support;
  }

  /** For instance 580. */
  public int number() {
    return number;
  }

  /** The newest version known. */
  public DriverVersion newest() {
    return DriverVersion.parse(newest).orElseThrow();
  }

  /** The newest CUDA that it runs at least, for instance {@code 13.0}. */
  public String cuda() {
    return cuda;
  }

  /** How long it is looked after, in words. */
  public String support() {
    return support;
  }

  /** The branch with this number. */
  public static Optional<DriverBranch> of(int number) {
    for (DriverBranch branch : values()) {
      if (branch.number == number) {
        return Optional.of(branch);
      }
    }
    return Optional.empty();
  }
}
