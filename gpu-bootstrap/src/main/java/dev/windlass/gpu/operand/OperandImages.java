package dev.windlass.gpu.operand;

import dev.windlass.gpu.catalogue.DriverVersion;

/**
 * The public images of the operands, by version. Versions: GPU Operator 26.7 (2026-07), the sample
 * of NVIDIA's own validation, the newest of the two small ones in 2026-09.
 */
final class OperandImages {
  static final String TOOLKIT = "nvcr.io/nvidia/k8s/container-toolkit:v1.20.0";
  static final String DEVICE_PLUGIN = "nvcr.io/nvidia/k8s-device-plugin:v0.20.0";
  static final String DRA_DRIVER = "registry.k8s.io/dra-driver-nvidia/dra-driver-nvidia-gpu:v0.5.0";
  static final String MIG = "nvcr.io/nvidia/cloud-native/k8s-mig-manager:v0.15.0";
  static final String VALIDATION = "nvcr.io/nvidia/k8s/cuda-sample:vectoradd-cuda12.5.0-ubi8";
  static final String CHECK = "docker.io/library/busybox:1.37.0";
  static final String PAUSE = "registry.k8s.io/pause:3.10";

  private OperandImages() {}

  static String driver(DriverVersion version, String operatingSystem) {
    return driver(version + "-" + operatingSystem);
  }

  static String driver(String tag) {
    return "nvcr.io/nvidia/driver:" + tag;
  }
}
