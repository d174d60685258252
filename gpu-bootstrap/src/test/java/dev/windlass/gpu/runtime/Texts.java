package dev.windlass.gpu.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Recorded configuration texts. */
final class Texts {
  private Texts() {}

  static String named(String name) {
    try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TomlTree tree(String text) {
    return switch (TomlTree.read(text)) {
      case TomlTree.Reading.Read(TomlTree tree) -> tree;
      case TomlTree.Reading.Invalid(String message) -> throw new AssertionError(message);
    };
  }
}
