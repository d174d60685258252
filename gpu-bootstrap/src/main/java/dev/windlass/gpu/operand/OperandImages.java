package dev.windlass.gpu.operand;

import dev.windlass.gpu.catalogue.DriverVersion;

/**
 * The images of the operands, each pinned by the digest of its index for all architectures. Sources
 * of the digests: the related images of NVIDIA's GPU Operator 26.7.0 (toolkit, plugin, partitions,
 * exporter); NVIDIA's own proof of a GPU in a container (vector addition); what other projects that
 * pin them have recorded for the driver for dynamic resource allocation 0.5.0, pause 3.10 and
 * BusyBox 1.37.0, not compared with their registries. Only a driver container has a version alone,
 * since it is chosen by system and kernel.
 */
final class OperandImages {
  static final String TOOLKIT =
      "nvcr.io/nvidia/k8s/container-toolkit:v1.20.0"
          + "@sha256:f8c647d581f7c8b178efdb7e6c94f5fb6eb12ebc05e2157fa314d327560fcb7a";
  static final String DEVICE_PLUGIN =
      "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"
          + "@sha256:a61ba9fd8efb82f3a79f877f7580e02c1e8e7593f62473644bc9c79e315c3312";
  static final String DRA_DRIVER =
      "registry.k8s.io/dra-driver-nvidia/dra-driver-nvidia-gpu:v0.5.0"
          + "@sha256:e1f104e64383ee693e982a5e6b7cf0b750023aaa5cc9b7dcc37c8e0549232933";
  static final String MIG =
      "nvcr.io/nvidia/cloud-native/k8s-mig-manager:v0.15.0"
          + "@sha256:cab2cf9deafc9602da69d0832a82958a7687f22f4a2f19674099dc9a5c4ea8e2";
  static final String EXPORTER =
      "nvcr.io/nvidia/k8s/dcgm-exporter:4.6.0-4.8.3-distroless"
          + "@sha256:613ab03c11d442fd960ff515f547e9921537454a712d08160bc8f677f89f1c35";
  static final String VALIDATION =
      "nvcr.io/nvidia/k8s/cuda-sample"
          + "@sha256:7c7540bdf1f942d4fb6db97069fd6c289471b54ac29e3c7fcdf914cf77af7d41";
  static final String CHECK =
      "docker.io/library/busybox:1.37.0"
          + "@sha256:9db7b59979c38555a39def84a31fb98b5296952f9e3afd4f6f11f05b07adfab0";
  static final String PAUSE =
      "registry.k8s.io/pause:3.10"
          + "@sha256:ee6521f290b2168b6e0935a181d4cff9be1ac3f505666ef0e3c98fae8199917a";

  private OperandImages() {}

  static String driver(DriverVersion version, String operatingSystem) {
    return driver(version + "-" + operatingSystem);
  }

  static String driver(String tag) {
    return "nvcr.io/nvidia/driver:" + tag;
  }
}
