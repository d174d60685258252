package dev.windlass.gpu.catalogue;

/**
 * A partition that a GPU can be cut into.
 *
 * @param name for instance {@code 1g.10gb}
 * @param instances how many of them one GPU holds when it holds nothing else
 */
public record MigProfile(String name, int instances) {
  public MigProfile {
    if (!name.matches("[1-7]g\\.[0-9]{1,3}gb") || instances < 1 || instances > 7) {
      throw new IllegalArgumentException("not a MIG profile: " + name + " times " + instances);
    }
  }

  /** The extended resource of the mixed strategy, for instance {@code nvidia.com/mig-1g.10gb}. */
  public String resource() {
    return "nvidia.com/mig-" + name;
  }
}
