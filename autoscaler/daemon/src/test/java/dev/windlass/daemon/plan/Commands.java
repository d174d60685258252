package dev.windlass.daemon.plan;

import dev.windlass.daemon.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands as a user does, and keeps what they print. */
final class Commands {
  static final String AT = "2026-01-01T10:00:00Z";
  static final String SHOP = resource("shop.yaml");

  private Commands() {}

  /** What came of a command. */
  record Run(int code, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Run(code, out.toString(), err.toString());
  }

  /** {@code windlass plan --at … -o json -f FILE …}. */
  static Run plan(String file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("plan", "--at", AT, "-o", "json", "-f", file));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(String[]::new));
  }

  static String resource(String name) {
    return Path.of("src", "test", "resources", "dev", "windlass", "daemon", "plan", name)
        .toString();
  }

  /** A file with this YAML; the separator tells the reader that braces are YAML too. */
  static String file(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), "---\n" + text).toString();
  }

  /** The elements' values of one field. */
  static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.path(field).asString("")));
    return texts;
  }
}
