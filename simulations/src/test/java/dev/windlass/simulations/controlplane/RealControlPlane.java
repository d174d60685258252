package dev.windlass.simulations.controlplane;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;

/** The real control plane as tests ask for it. */
final class RealControlPlane {
  private RealControlPlane() {}

  /** Its programs; skips the test with one line where there are none. */
  static Binaries binaries() {
    Optional<Binaries> found = Binaries.find(System.getenv());
    return found.isPresent() ? found.get() : abort(Binaries.MISSING);
  }
}
