package dev.windlass.gpu.driver;

/** Which of NVIDIA's kernel modules are loaded. */
public enum KernelModule {
  OPEN,
  PROPRIETARY
}
