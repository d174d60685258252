package dev.windlass.gpu.runtime;

/**
 * What NVIDIA's stack needs of a container runtime. The default runtime is never changed.
 *
 * @param handler the runtime handler that the RuntimeClass names
 * @param binary the absolute path of the program behind it
 * @param cdi whether the runtime itself must read CDI specifications
 */
public record RuntimeWish(String handler, String binary, boolean cdi) {
  /** What the toolkit operand installs. */
  public static final RuntimeWish USUAL =
      new RuntimeWish("nvidia", "/usr/local/nvidia/toolkit/nvidia-container-runtime", true);

  public RuntimeWish {
    if (handler.isBlank()) {
      throw new IllegalArgumentException("a runtime handler has a name");
    }
    if (!binary.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path: " + binary);
    }
  }
}
