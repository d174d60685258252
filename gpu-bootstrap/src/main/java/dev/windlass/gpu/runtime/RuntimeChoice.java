package dev.windlass.gpu.runtime;

import java.util.Optional;

/** How a node's container runtime is set up, from what its Node object says. */
public sealed interface RuntimeChoice {
  /** containerd's configuration is merged by {@link ContainerdMerge}. */
  record Containerd(RuntimeVersion version) implements RuntimeChoice {}

  /** CRI-O gets a drop-in by {@link CrioMerge}. */
  record Crio(RuntimeVersion version) implements RuntimeChoice {}

  /**
   * Somebody else writes this runtime's configuration.
   *
   * @param reason who, and what they do
   */
  record LeftAlone(String reason) implements RuntimeChoice {}

  /**
   * There is no way.
   *
   * @param problem why
   * @param message the particulars, in one sentence
   */
  record Impossible(RuntimeProblem problem, String message) implements RuntimeChoice {}

  /**
   * What a Node's {@code status.nodeInfo} says.
   *
   * @param runtime for instance {@code containerd://1.7.22}
   * @param operatingSystem for instance {@code Ubuntu 24.04.1 LTS}
   * @param kubelet for instance {@code v1.34.1+k3s1}
   */
  record NodeFacts(String runtime, String operatingSystem, String kubelet) {}

  /** The first rule that applies: operating system, distribution, runtime. */
  static RuntimeChoice of(NodeFacts node) {
    return owner(node).<RuntimeChoice>map(LeftAlone::new).orElseGet(() -> byRuntime(node));
  }

  private static Optional<String> owner(NodeFacts node) {
    if (node.operatingSystem().startsWith("Bottlerocket")) {
      return Optional.of("Bottlerocket's nvidia variant brings the handler; its API sets it up");
    }
    if (node.operatingSystem().startsWith("Container-Optimized OS")) {
      return Optional.of("GKE's own device plugin mounts the driver; there is no NVIDIA handler");
    }
    if (node.kubelet().contains("+k3s") || node.kubelet().contains("+rke2")) {
      return Optional.of("k3s and RKE2 write the file at each start and find the handler then");
    }
    if (node.kubelet().contains("+k0s")) {
      return Optional.of("k0s writes the file itself and reads drop-ins in /etc/k0s/containerd.d");
    }
    return Optional.empty();
  }

  private static RuntimeChoice byRuntime(NodeFacts node) {
    String[] parts = node.runtime().split("://", 2);
    Optional<RuntimeVersion> version =
        parts.length < 2 ? Optional.empty() : RuntimeVersion.parse(parts[1]);
    if (version.isEmpty()) {
      return new Impossible(RuntimeProblem.UNKNOWN_RUNTIME, "the node says " + node.runtime());
    }
    return switch (parts[0]) {
      case "containerd" -> new Containerd(version.get());
      case "cri-o" -> new Crio(version.get());
      case String other ->
          new Impossible(
              RuntimeProblem.UNKNOWN_RUNTIME, other + " is neither containerd nor CRI-O");
    };
  }
}
