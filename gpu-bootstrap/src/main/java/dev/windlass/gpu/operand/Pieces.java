package dev.windlass.gpu.operand;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import org.jspecify.annotations.Nullable;

/** The small parts of which operands are put together. */
final class Pieces {
  private static final int PROBE_PERIOD_SECONDS = 2;

  private Pieces() {}

  static EnvVar env(String name, String value) {
    return new EnvVar(name, value, null);
  }

  static Volume hostPath(String name, String path, String type) {
    return new VolumeBuilder()
        .withName(name)
        .withNewHostPath()
        .withPath(path)
        .withType(type)
        .endHostPath()
        .build();
  }

  static VolumeMount mount(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path).build();
  }

  static VolumeMount readOnly(String name, String path) {
    return new VolumeMountBuilder(mount(name, path)).withReadOnly(true).build();
  }

  /** A mount that sees, or with {@code Bidirectional} makes, mounts of the host. */
  static VolumeMount propagated(String name, String path, String propagation) {
    return new VolumeMountBuilder(mount(name, path)).withMountPropagation(propagation).build();
  }

  /** All capabilities: only for what loads modules, writes runtime configuration or partitions. */
  static SecurityContext privileged() {
    return new SecurityContextBuilder()
        .withPrivileged(true)
        .withNewSeLinuxOptions()
        .withLevel("s0")
        .endSeLinuxOptions()
        .build();
  }

  /** No capability at all; as root where a user id is not given. */
  static SecurityContext restricted(@Nullable Long user) {
    SecurityContextBuilder context =
        new SecurityContextBuilder()
            .withAllowPrivilegeEscalation(false)
            .withReadOnlyRootFilesystem(true)
            .withNewCapabilities()
            .withDrop("ALL")
            .endCapabilities()
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile();
    return user == null
        ? context.build()
        : context.withRunAsNonRoot(true).withRunAsUser(user).build();
  }

  /** Looks every two seconds, from the start: readiness is what the next step waits for. */
  static Probe probe(String... command) {
    return new ProbeBuilder()
        .withNewExec()
        .withCommand(command)
        .endExec()
        .withPeriodSeconds(PROBE_PERIOD_SECONDS)
        .withTimeoutSeconds(10)
        .withFailureThreshold(3)
        .build();
  }

  static ResourceRequirements requests(String cpu, String memory) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .build();
  }
}
