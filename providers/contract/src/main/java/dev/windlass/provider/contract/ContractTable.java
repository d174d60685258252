package dev.windlass.provider.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The verdicts of several providers side by side. Each run of the contract writes its own column,
 * {@code target/contract/PROVIDER.tsv}; the table is made of those that lie below a folder.
 */
public final class ContractTable {
  private static final int DEPTH = 6;

  private ContractTable() {}

  /** Prints the table of every column below the folder that is named. */
  public static void main(String[] arguments) throws IOException {
    System.out.print(of(Path.of(arguments.length == 0 ? "." : arguments[0])));
  }

  /** The table as Markdown: one line for each row, and below it why rows are not applicable. */
  public static String of(Path folder) throws IOException {
    Map<String, List<Verdict>> columns = new TreeMap<>();
    try (Stream<Path> files = Files.find(folder, DEPTH, (path, _) -> isColumn(path))) {
      for (Path file : files.toList()) {
        columns.put(nameOf(file), Files.readAllLines(file).stream().map(Verdict::of).toList());
      }
    }
    return markdown(columns);
  }

  static void write(Path folder, String provider, List<Verdict> verdicts) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(provider + ".tsv"), verdicts.stream().map(Verdict::line).toList());
  }

  static String markdown(Map<String, List<Verdict>> columns) {
    Map<String, String> titles = new LinkedHashMap<>();
    columns
        .values()
        .forEach(column ->
            column.forEach(verdict -> titles.putIfAbsent(verdict.row(), verdict.title())));
    StringBuilder table = new StringBuilder("| Row | Injected |");
    columns.keySet().forEach(provider -> table.append(' ').append(provider).append(" |"));
    table.append("\n|---|---|").append("---|".repeat(columns.size())).append('\n');
    List<String> reasons = new ArrayList<>();
    titles.forEach((row, title) -> {
      table.append("| ").append(row).append(" | ").append(title).append(" |");
      columns.forEach((provider, column) ->
          table.append(' ').append(cell(row, provider, column, reasons)).append(" |"));
      table.append('\n');
    });
    reasons.forEach(reason -> table.append('\n').append(reason));
    return table.append('\n').toString();
  }

  private static String cell(
      String row, String provider, List<Verdict> column, List<String> reasons) {
    for (Verdict verdict : column) {
      if (verdict.row().equals(row)) {
        if (!verdict.reason().isEmpty()) {
          reasons.add("- " + row + ", " + provider + ": " + verdict.reason());
        }
        return verdict.word();
      }
    }
    return "";
  }

  private static boolean isColumn(Path path) {
    Path parent = path.getParent();
    return parent != null
        && parent.endsWith("target/contract")
        && path.getFileName().toString().endsWith(".tsv");
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".tsv".length());
  }
}
