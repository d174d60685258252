package dev.windlass.simulations.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads pods in the format of Alibaba's cluster-trace-gpu-v2023: {@code name, cpu_milli,
 * memory_mib, num_gpu, gpu_milli, gpu_spec, qos, pod_phase, creation_time, deletion_time,
 * scheduled_time}, times in seconds from the trace's start; or the first five columns alone.
 */
final class TraceReader {
  private static final String HEADER =
      "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,"
          + "creation_time,deletion_time,scheduled_time";
  private static final int COLUMNS = 11;

  /** Lists that hold demands alone; all their pods arrive at the start and live for an hour. */
  private static final String SHORT_HEADER = "name,cpu_milli,memory_mib,num_gpu,gpu_milli";

  private static final String SHORT_REST = ",,LS,Running,0,3600,0";
  private static final int MAX_ROWS = 1_000_000;
  private static final int MAX_PROBLEMS = 100;

  private final String file;
  private final List<TracePod> pods = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private TraceReader(String file) {
    this.file = file;
  }

  /**
   * What was read.
   *
   * @param pods the pods in the order of their rows
   * @param problems one sentence for each broken row, with file and line; a trace with any is not
   *     to be used
   */
  record Result(List<TracePod> pods, List<String> problems) {
    Result {
      pods = List.copyOf(pods);
      problems = List.copyOf(problems);
    }
  }

  /** Thrown by a row that can't be used; its message says what was expected. */
  private static final class BrokenRowException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenRowException(String message) {
      super(message);
    }
  }

  static Result read(String file, BufferedReader lines) throws IOException {
    TraceReader reader = new TraceReader(file);
    int number = 1;
    String header = lines.readLine();
    boolean demandsAlone = SHORT_HEADER.equals(header);
    if (!HEADER.equals(header) && !demandsAlone) {
      reader.problem(1, "expected the header " + HEADER);
      return new Result(List.of(), reader.problems);
    }
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      reader.row(number, demandsAlone ? line + SHORT_REST : line);
      if (number > MAX_ROWS || reader.problems.size() >= MAX_PROBLEMS) {
        reader.problem(number, "stopped reading here: at most " + MAX_ROWS + " rows are read");
        break;
      }
    }
    return new Result(reader.pods, reader.problems);
  }

  private void problem(int line, String message) {
    problems.add(file + ":" + line + ": " + message);
  }

  private void row(int line, String text) {
    try {
      pods.add(pod(text.split(",", -1)));
    } catch (BrokenRowException broken) {
      problem(line, broken.getMessage() == null ? "broken row" : broken.getMessage());
    }
  }

  private TracePod pod(String[] cells) throws BrokenRowException {
    if (cells.length != COLUMNS) {
      throw new BrokenRowException("expected " + COLUMNS + " columns, got " + cells.length);
    }
    if (cells[0].isBlank() || !names.add(cells[0])) {
      throw new BrokenRowException("name: expected a name that is used once, got " + cells[0]);
    }
    long gpus = number(cells, 3, "num_gpu", 1_024);
    long milli = number(cells, 4, "gpu_milli", 1_000);
    if (gpus > 0 ? milli == 0 : milli > 0) {
      throw new BrokenRowException(
          "gpu_milli: expected a share exactly when num_gpu is not 0, got " + milli);
    }
    long created = number(cells, 8, "creation_time", Integer.MAX_VALUE);
    long deleted = number(cells, 9, "deletion_time", Integer.MAX_VALUE);
    long started =
        cells[10].isEmpty() ? created : number(cells, 10, "scheduled_time", Integer.MAX_VALUE);
    if (deleted < created) {
      throw new BrokenRowException(
          "deletion_time: expected at least creation_time " + created + ", got " + deleted);
    }
    List<String> models = cells[5].isEmpty() ? List.of() : List.of(cells[5].split("\\|", -1));
    return new TracePod(
        cells[0],
        number(cells, 1, "cpu_milli", 10_000_000),
        number(cells, 2, "memory_mib", 1_000_000_000),
        (int) gpus,
        (int) milli,
        models,
        Duration.ofSeconds(created),
        Duration.ofSeconds(Math.max(0, deleted - Math.max(created, started))));
  }

  private static long number(String[] cells, int column, String name, long max)
      throws BrokenRowException {
    String text = cells[column];
    if (!text.matches("\\d{1,15}") || Long.parseLong(text) > max) {
      throw new BrokenRowException(
          name + ": expected a whole number from 0 to " + max + ", got '" + text + "'");
    }
    return Long.parseLong(text);
  }
}
