package dev.windlass.daemon.input;

import dev.windlass.daemon.resource.FieldProblem;
import dev.windlass.daemon.resource.Parsed;
import java.io.PrintWriter;
import java.util.List;

/**
 * Something wrong with an input document.
 *
 * @param place where the document stands
 * @param object what it is, as {@code KIND NAME}; empty when that cannot be told
 * @param detail field, value and what was expected
 */
public record Problem(Document.Place place, String object, FieldProblem detail) {
  /** The problems of one document. */
  public static List<Problem> of(Document document, Parsed.Bad<?> bad) {
    String object = (document.kind() + " " + document.name()).strip();
    return bad.problems().stream()
        .map(detail -> new Problem(document.place(), object, detail))
        .toList();
  }

  /** Prints all problems, one a line, and how many there are. */
  public static void print(List<Problem> problems, PrintWriter out) {
    problems.forEach(out::println);
    out.println(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
    out.flush();
  }

  @Override
  public String toString() {
    return place + ": " + (object.isEmpty() ? "" : object + ": ") + detail;
  }
}
