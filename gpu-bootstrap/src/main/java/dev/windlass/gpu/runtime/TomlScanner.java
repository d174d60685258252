package dev.windlass.gpu.runtime;

import java.util.ArrayList;
import java.util.List;

/** Finds the borders of statements in a text that is known to be valid TOML. */
final class TomlScanner {
  private final String text;
  private int position;

  TomlScanner(String text) {
    this.text = text;
  }

  /** Goes to the next statement; false at the end of the text. */
  boolean nextStatement() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '#') {
        position = lineEnd(position);
      } else if (Character.isWhitespace(c) || c == '\uFEFF') {
        position++;
      } else {
        return true;
      }
    }
    return false;
  }

  /** The statement here; goes on behind it. */
  TomlStatement statement() {
    int start = position;
    boolean header = at(start) == '[';
    while (at(position) == '[') {
      position++;
    }
    List<String> path = keys();
    int valueStart;
    int end;
    if (header) {
      while (at(position) == ']' || at(position) == ' ' || at(position) == '\t') {
        position++;
      }
      valueStart = position;
      end = position;
    } else {
      position++;
      skipBlanks();
      valueStart = position;
      end = valueEnd();
    }
    position = lineEnd(end);
    return new TomlStatement(header, path, start, valueStart, end, position);
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    do {
      if (!keys.isEmpty()) {
        position++;
      }
      skipBlanks();
      keys.add(key());
      skipBlanks();
    } while (at(position) == '.');
    return keys;
  }

  private String key() {
    int start = position;
    char quote = at(position);
    if (quote == '"' || quote == '\'') {
      position = afterString(position);
      return text.substring(start + 1, position - 1);
    }
    while (Character.isLetterOrDigit(at(position)) || at(position) == '_' || at(position) == '-') {
      position++;
    }
    return text.substring(start, position);
  }

  /** After the value that begins here: at the end of its line, or before a comment. */
  private int valueEnd() {
    int depth = 0;
    int end = position;
    while (position < text.length()) {
      char c = at(position);
      if (c == '#') {
        if (depth == 0) {
          return end;
        }
        position = lineEnd(position);
        continue;
      }
      if (c == '\n' && depth == 0) {
        return end;
      }
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      position = c == '"' || c == '\'' ? afterString(position) : position + 1;
      if (!Character.isWhitespace(c)) {
        end = position;
      }
    }
    return end;
  }

  private int afterString(int start) {
    String quote = text.substring(start, start + 1);
    String delimiter = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
    int index = start + delimiter.length();
    while (index < text.length() && !text.startsWith(delimiter, index)) {
      index += quote.equals("\"") && at(index) == '\\' ? 2 : 1;
    }
    index += delimiter.length();
    while (delimiter.length() == 3 && text.startsWith(quote, index)) {
      index++;
    }
    return Math.min(index, text.length());
  }

  private void skipBlanks() {
    while (at(position) == ' ' || at(position) == '\t') {
      position++;
    }
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end + 1;
  }

  private char at(int index) {
    return index < text.length() ? text.charAt(index) : '\n';
  }
}
