package dev.windlass.provider.azure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An error that Resource Manager said.
 *
 * @param status the HTTP status; 0 for one that was read from an operation or a machine
 * @param code its code; empty if the answer had none
 * @param message its text
 * @param retryAfter how long it asks to wait, or null
 */
record ArmAnswer(int status, String code, String message, @Nullable Duration retryAfter) {
  /** An error that an operation or a machine carries. */
  static ArmAnswer carried(String code, String message) {
    return new ArmAnswer(0, code, message, null);
  }
}
