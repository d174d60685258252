package dev.windlass.daemon.kubernetes;

import dev.windlass.daemon.decode.Decoded;
import dev.windlass.daemon.resource.Parsed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of an object that was read.
 *
 * @param value its meaning, or null when it has none that a decision may use
 * @param problem what is wrong with it; empty when nothing is
 */
record Reading<T>(@Nullable T value, String problem) {
  static <T> Reading<T> of(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Ok<T> ok -> new Reading<>(ok.value(), "");
      case Decoded.Bad<T> bad -> new Reading<>(null, bad.sentence());
    };
  }

  static <T> Reading<T> of(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Ok<T> ok -> new Reading<>(ok.value(), "");
      case Parsed.Bad<T> bad -> new Reading<>(null, bad.message());
    };
  }

  Optional<T> toOptional() {
    return Optional.ofNullable(value);
  }
}
