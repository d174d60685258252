package dev.windlass.daemon.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.daemon.config.Configuration;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables in docs/reference say what the code says. */
class ReferenceTablesTest {
  private static final Path REFERENCE = Path.of("..", "..", "docs", "reference");

  @Test
  void everyKeyIsInTheTableAndNoOther() throws IOException {
    List<String> constants = new ArrayList<>();
    for (Field field : Keys.class.getDeclaredFields()) {
      if (field.getType().equals(String.class)) {
        constants.add(value(field));
      }
    }
    assertThat(rows("keys.md"))
        .extracting(List::getFirst)
        .containsExactlyInAnyOrderElementsOf(constants);
  }

  @Test
  void everyConfigurationKeyIsInTheTableWithItsDefault() throws IOException {
    List<List<String>> expected =
        Configuration.keys().stream()
            .map(key -> List.of(key.path(), key.type(), key.defaultValue()))
            .toList();
    assertThat(rows("configuration.md")).map(row -> row.subList(0, 3)).isEqualTo(expected);
  }

  @Test
  void everyRowHasAMeaning() throws IOException {
    List<List<String>> rows = new ArrayList<>(rows("keys.md"));
    rows.addAll(rows("configuration.md"));
    assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.getLast()).isNotBlank());
  }

  /** The cells of a table's rows, without the head and without back quotes. */
  private static List<List<String>> rows(String file) throws IOException {
    return Files.readAllLines(REFERENCE.resolve(file)).stream()
        .filter(line -> line.startsWith("| `"))
        .map(ReferenceTablesTest::cells)
        .toList();
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(cell -> cell.strip().replaceAll("^`([^`]*)`$", "$1"))
        .toList();
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
