package dev.windlass.gpu.catalogue;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PCI device id of vendor NVIDIA (10de).
 *
 * @param device the device half, 0 to 0xffff
 */
public record PciId(int device) implements Comparable<PciId> {
  /** Ids from here on are Turing or newer: every id of the open modules' list is larger. */
  private static final int FIRST_OPEN_CAPABLE = 0x1E00;

  private static final Pattern SYNTAX =
      Pattern.compile("(?:0x)?(?:10de:)?(?:0x)?([0-9a-f]{4})(?:10de)?");

  public PciId {
    if (device < 0 || device > 0xFFFF) {
      throw new IllegalArgumentException("a PCI device id has four hex digits, not " + device);
    }
  }

  /** Reads {@code 2330}, {@code 10de:2330}, {@code 0x233010DE} in either case. */
  public static Optional<PciId> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.toLowerCase(Locale.ROOT));
    return matcher.matches()
        ? Optional.of(new PciId(Integer.parseInt(matcher.group(1), 16)))
        : Optional.empty();
  }

  /** Whether the open kernel modules can drive it, even if no list has it yet. */
  public boolean isOpenCapable() {
    return device >= FIRST_OPEN_CAPABLE;
  }

  /** As nvidia-smi writes it and mig-parted filters by it: {@code 0x233010DE}. */
  public String withVendor() {
    return String.format(Locale.ROOT, "0x%04X10DE", device);
  }

  @Override
  public int compareTo(PciId other) {
    return Integer.compare(device, other.device);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "10de:%04x", device);
  }
}
