package dev.windlass.daemon.cli;

import dev.windlass.daemon.input.DocumentReader;
import dev.windlass.daemon.input.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code windlass validate -f …}: every problem of every file at once. */
@Command(
    name = "validate",
    description = "Checks Configuration and resources; tells all problems at once.",
    mixinStandardHelpOptions = true)
public final class ValidateCommand implements SubCommand {
  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "PATH",
      description = "A file, a folder (.yaml, .yml, .json in it, recursively) or - for input.")
  private List<String> paths = List.of();

  @Spec private CommandSpec command;

  /** Created by ServiceLoader; picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public ValidateCommand() {}

  @Override
  public Integer call() {
    Validation validation = new Validation();
    List<Problem> problems =
        new ArrayList<>(new DocumentReader(System.in).read(paths, validation::check));
    problems.addAll(validation.problems());
    if (!problems.isEmpty()) {
      Problem.print(problems, command.commandLine().getErr());
      return ExitCode.BAD_INPUT;
    }
    PrintWriter out = command.commandLine().getOut();
    out.println("valid: " + counts(validation.checked()));
    if (!validation.ignored().isEmpty()) {
      out.println("ignored: " + counts(validation.ignored()));
    }
    return ExitCode.OK;
  }

  private static String counts(SortedMap<String, Integer> kinds) {
    return kinds.isEmpty()
        ? "nothing of Windlass in these files"
        : kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
  }
}
