package dev.windlass.daemon.cel;

import java.math.BigDecimal;

/** A quantity in an expression: equal amounts are equal, however they are written. */
record CelQuantity(BigDecimal amount) {
  CelQuantity {
    amount = amount.stripTrailingZeros();
  }
}
