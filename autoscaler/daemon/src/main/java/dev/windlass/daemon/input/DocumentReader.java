package dev.windlass.daemon.input;

import dev.windlass.daemon.input.Document.Place;
import dev.windlass.daemon.resource.FieldProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads documents from files, folders (.yaml, .yml and .json in them, recursively, in the order of
 * their names) and standard input. Lists are taken apart. What cannot be read becomes a problem,
 * and the rest is read on.
 */
public final class DocumentReader {
  /** Stands for standard input. */
  public static final String STANDARD_INPUT = "-";

  /** YAML is read whole, so that one bad document does not hide the others. */
  private static final int MAX_YAML_BYTES = 256 << 20;

  /** JSON is read object by object. */
  private static final long MAX_JSON_BYTES = 8L << 30;

  private static final int MAX_FILES = 100_000;
  private static final int MAX_DEPTH = 32;

  private final InputStream standardInput;

  /** A reader whose {@code -} is this stream. */
  public DocumentReader(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /**
   * What was read.
   *
   * @param documents all documents in the order of the files
   * @param problems what could not be read
   */
  public record Result(List<Document> documents, List<Problem> problems) {
    public Result {
      documents = List.copyOf(documents);
      problems = List.copyOf(problems);
    }
  }

  /** Reads everything into memory. */
  public Result readAll(List<String> paths) {
    List<Document> documents = new ArrayList<>();
    List<Problem> problems = read(paths, documents::add);
    return new Result(documents, problems);
  }

  /**
   * Hands documents over one by one, so that a large dump need not be in memory as trees.
   *
   * @return what could not be read
   */
  public List<Problem> read(List<String> paths, Consumer<Document> sink) {
    List<Problem> problems = new ArrayList<>();
    for (String path : paths) {
      if (path.equals(STANDARD_INPUT)) {
        readStream(path, standardInput, sink, problems);
      } else {
        for (Path file : files(path, problems)) {
          readFile(file, sink, problems);
        }
      }
    }
    return problems;
  }

  private static List<Path> files(String path, List<Problem> problems) {
    Path root = Path.of(path);
    if (!Files.exists(root)) {
      problems.add(problem(path, "a file or folder that exists"));
      return List.of();
    }
    if (!Files.isDirectory(root)) {
      return List.of(root);
    }
    try (Stream<Path> found = Files.walk(root, MAX_DEPTH)) {
      List<Path> files =
          found
              .filter(file -> Files.isRegularFile(file) && hasKnownEnding(file))
              .sorted()
              .limit(MAX_FILES + 1L)
              .toList();
      if (files.isEmpty() || files.size() > MAX_FILES) {
        problems.add(
            problem(path, "a folder with 1 to " + MAX_FILES + " files in .yaml, .yml or .json"));
      }
      return files.size() > MAX_FILES ? List.of() : files;
    } catch (IOException e) {
      problems.add(problem(path, "a folder that can be read: " + e.getMessage()));
      return List.of();
    }
  }

  private static boolean hasKnownEnding(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static void readFile(Path file, Consumer<Document> sink, List<Problem> problems) {
    try (InputStream stream = Files.newInputStream(file)) {
      readStream(file.toString(), stream, sink, problems);
    } catch (IOException e) {
      problems.add(problem(file.toString(), "a file that can be read: " + e.getMessage()));
    }
  }

  private static void readStream(
      String name, InputStream stream, Consumer<Document> sink, List<Problem> problems) {
    try {
      BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
      DocumentParser parser = new DocumentParser(name, sink, problems);
      if (beginsLikeJson(buffered)) {
        parser.parseJson(new BoundedStream(buffered, MAX_JSON_BYTES));
        return;
      }
      byte[] bytes = buffered.readNBytes(MAX_YAML_BYTES + 1);
      if (bytes.length > MAX_YAML_BYTES) {
        problems.add(problem(name, "at most 256 MiB of YAML; larger dumps are read as JSON"));
      } else {
        parser.parseYaml(new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      problems.add(problem(name, "a file that can be read: " + e.getMessage()));
    }
  }

  private static boolean beginsLikeJson(BufferedInputStream stream) throws IOException {
    stream.mark(1 << 12);
    int next = stream.read();
    for (int i = 0; i < 1 << 11 && next != -1 && Character.isWhitespace(next); i++) {
      next = stream.read();
    }
    stream.reset();
    return next == '{' || next == '[';
  }

  private static Problem problem(String file, String expected) {
    return new Problem(new Place(file, 0, 0, 0), "", new FieldProblem("the file", "", expected));
  }
}
