package dev.windlass.provider.contract;

/**
 * One line of the contract.
 *
 * @param id its name in the table: {@code F1} to {@code F48}, or the number of a peer's issue
 * @param title what is injected
 * @param check does it, and asserts what is expected
 * @param elsewhere why no provider is asked for it; empty for most
 */
public record Row(String id, String title, Check check, String elsewhere) {
  /** A line that providers are asked for. */
  public Row(String id, String title, Check check) {
    this(id, title, check, "");
  }

  /** A line that is decided and proven outside the providers. */
  public static Row elsewhere(String id, String title, String where) {
    return new Row(id, title, _ -> {}, where);
  }

  /** What a row does. */
  @FunctionalInterface
  public interface Check {
    /** Does it in a scene without groups. */
    void run(Scene scene) throws InterruptedException;
  }
}
