package dev.windlass.simulations.apiserver.selector;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Names;
import dev.windlass.simulations.apiserver.selector.LabelSelector.Operator;
import dev.windlass.simulations.apiserver.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the text form of a label selector, with the API server's refusals. */
public final class LabelSelectorParser {
  private static final Set<String> WORDS = Set.of("in", "notin", "=", "==", "!=", ">", "<");
  private final List<String> tokens = new ArrayList<>();
  private int next;

  private LabelSelectorParser(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if ("(),".indexOf(c) >= 0) {
        tokens.add(String.valueOf(c));
        i++;
      } else {
        int end = i + 1;
        boolean symbol = "=!<>".indexOf(c) >= 0;
        if (symbol) {
          end += (c == '=' || c == '!') && end < text.length() && text.charAt(end) == '=' ? 1 : 0;
        } else {
          while (end < text.length() && "(),=!<> \t".indexOf(text.charAt(end)) < 0) {
            end++;
          }
        }
        tokens.add(text.substring(i, end));
        i = end;
      }
    }
  }

  public static LabelSelector parse(String text) {
    return new LabelSelectorParser(text).selector();
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private LabelSelector selector() {
    List<Requirement> all = new ArrayList<>();
    if (tokens.isEmpty()) {
      return LabelSelector.EVERYTHING;
    }
    while (true) {
      all.add(requirement());
      String token = take();
      if (token.isEmpty()) {
        return new LabelSelector(all);
      }
      if (!token.equals(",")) {
        throw bad("found '" + token + "', expected: ',' or 'end of string'");
      }
      if (peek().isEmpty()) {
        throw bad("found '', expected: identifier after ','");
      }
    }
  }

  private Requirement requirement() {
    if (peek().equals("!")) {
      take();
      return new Requirement(key(take()), Operator.DOES_NOT_EXIST, Set.of());
    }
    String key = key(take());
    String word = peek();
    if (word.isEmpty() || word.equals(",")) {
      return new Requirement(key, Operator.EXISTS, Set.of());
    }
    if (!WORDS.contains(word)) {
      throw bad(
          "unable to parse requirement: found '"
              + word
              + "', expected: in, notin, =, ==, !=, gt, lt");
    }
    take();
    Operator operator =
        switch (word) {
          case "notin", "!=" -> Operator.NOT_IN;
          case ">" -> Operator.GREATER;
          case "<" -> Operator.LESS;
          default -> Operator.IN;
        };
    Set<String> values = word.equals("in") || word.equals("notin") ? values() : Set.of(value());
    checkValues(key, values);
    return new Requirement(key, operator, values);
  }

  private String value() {
    if (peek().isEmpty() || peek().equals(",")) {
      return "";
    }
    String token = take();
    if ("()=!<>".contains(token.substring(0, 1))) {
      throw bad("unable to parse requirement: found '" + token + "', expected: identifier");
    }
    return token;
  }

  private Set<String> values() {
    if (!take().equals("(")) {
      throw bad(
          "unable to parse requirement: found '"
              + tokens.get(Math.min(next, tokens.size()) - 1)
              + "', expected: '('");
    }
    Set<String> values = new LinkedHashSet<>();
    String last = "";
    while (true) {
      String token = take();
      switch (token) {
        case ")" -> {
          values.add(last);
          return values;
        }
        case "," -> {
          values.add(last);
          last = "";
        }
        case "" -> throw bad("unable to parse requirement: found '', expected: ',' or ')'");
        default -> last = token;
      }
    }
  }

  private static String key(String token) {
    if (token.isEmpty() || "(),=!<>".contains(token.substring(0, 1))) {
      throw bad(
          "unable to parse requirement: found '"
              + token
              + "', expected: !, identifier, or 'end of string'");
    }
    if (!Names.isQualified(token)) {
      throw bad(
          "unable to parse requirement: <nil>: Invalid value: \""
              + token
              + "\": name part "
              + Names.LABEL_RULE);
    }
    return token;
  }

  private static void checkValues(String key, Set<String> values) {
    int i = 0;
    for (String value : values) {
      if (!Names.isLabelValue(value)) {
        throw bad(
            "unable to parse requirement: values["
                + i
                + "]["
                + key
                + "]: Invalid value: \""
                + value
                + "\": a valid label must be an empty string or "
                + Names.LABEL_RULE);
      }
      i++;
    }
  }

  private static ApiFailure bad(String message) {
    return ApiFailure.badRequest(message);
  }
}
