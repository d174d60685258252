package dev.windlass.gpu.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.gpu.driver.DriverImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The README's support table names the routes that there are, and no other. */
class SupportTableTest {
  private static final String NONE = "–";

  @ParameterizedTest
  @CsvSource({
    "Debian 12, debian, Debian GNU/Linux 12 (bookworm)",
    "'Ubuntu 22.04, 24.04', ubuntu, Ubuntu 24.04.2 LTS",
    "Red Hat Enterprise Linux 8 to 10, rhel, Red Hat Enterprise Linux 9.6 (Plow)",
    "Amazon Linux 2023, amzn, Amazon Linux 2023.6",
    "Azure Linux 3, azurelinux, Microsoft Azure Linux 3.0",
    "Container-Optimized OS, cos, Container-Optimized OS from Google",
    "Flatcar, flatcar, Flatcar Container Linux by Kinvolk 3227.2.4",
    "Bottlerocket, bottlerocket, Bottlerocket OS 1.47.0"
  })
  void hasARouteWhereTheCodeHasOne(String row, String id, String name) throws IOException {
    List<String> cells = rows().getOrDefault(row, List.of());

    assertThat(cells).as(row).hasSize(3);
    assertThat(cells.get(0)).isIn("folder", "manifest only");
    assertThat(cells.get(1).equals(NONE)).isEqualTo(DriverImages.system(name).isEmpty());
    assertThat(cells.get(2).equals(NONE)).isEqualTo(DriverTask.work(id) == null);
  }

  @Test
  void claimsNoProofOnAMachineWithAGpu() throws IOException {
    assertThat(rows()).hasSize(8);
    assertThat(rows().values().stream().flatMap(List::stream).collect(Collectors.toSet()))
        .noneMatch(cell -> cell.contains("real machine"));
  }

  /** Cells of each row after its first, by the first. */
  private static Map<String, List<String>> rows() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("| Operating system | `Preinstalled` |");
    return readme
        .substring(start, readme.indexOf("\n\n", start))
        .lines()
        .skip(2)
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
        .collect(Collectors.toMap(List::getFirst, cells -> cells.subList(1, cells.size())));
  }
}
