package dev.windlass.gpu.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.gpu.driver.DriverChoice;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.driver.KernelModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of machine types, against what is decided for it. */
class GpuInstancesTest {
  static Stream<String> rows() throws IOException {
    try (InputStream stream = GpuInstances.class.getResourceAsStream("gpu-instances.csv")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decidesEveryRow(String row) {
    String[] cell = row.split(",", 19);
    GpuInstance instance = GpuInstances.find(cell[0], cell[1]).orElseThrow();

    DriverChoice choice = DriverChoice.forModel(instance.model(), DriverWish.NONE);
    assertThat(choice).isInstanceOf(DriverChoice.Chosen.class);
    DriverChoice.Chosen chosen = (DriverChoice.Chosen) choice;
    assertThat(chosen.version().branch())
        .isBetween(
            instance.model().needs().minDriver().branch(),
            instance.model().architecture().lastBranch());
    assertThat(chosen.module())
        .isEqualTo(cell[14].equals("proprietary") ? KernelModule.PROPRIETARY : KernelModule.OPEN);
    assertThat(instance.devices()).isEqualTo(Integer.parseInt(cell[6]));
    assertThat(instance.model().computeCapability()).isEqualTo(cell[4]);
    assertThat(cell[3]).startsWithIgnoringCase(instance.model().architecture().name());
    assertThat(instance.architecture()).isEqualTo(cell[13]);
    boolean linked = cell[11].equals("yes") || cell[11].equals("nvl72");
    assertThat(instance.fabric().isEmpty()).as("fabric of %s", cell[1]).isEqualTo(!linked);
    if (cell[12].equals("yes")) {
      assertThat(instance.fabric()).contains(FabricService.FABRIC_MANAGER);
    }
    for (String id : cell[15].split("[|/ ]", -1)) {
      PciId.parse(id)
          .ifPresent(
              pci -> assertThat(instance.model().needs().pciIds()).as(cell[1]).contains(pci));
    }
  }

  @Test
  void hasEveryRow() throws IOException {
    assertThat(GpuInstances.all()).hasSize((int) rows().count()).hasSize(143);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aws | g4dn.xlarge    |",
        "aws | p4d.24xlarge   | FABRIC_MANAGER",
        "aws | p6-b200.48xlarge | FABRIC_MANAGER SUBNET_MANAGER",
      })
  void knowsWhatMustRunBesidesTheDriver(String cloud, String type, String services) {
    Set<FabricService> expected =
        services == null
            ? Set.of()
            : Set.copyOf(Stream.of(services.split(" ", -1)).map(FabricService::valueOf).toList());

    assertThat(GpuInstances.find(cloud, type).orElseThrow().fabric()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "FABRIC_MANAGER, 535.309.01, nvidia-fabricmanager-535",
    "FABRIC_MANAGER, 580.178.04, nvidia-fabricmanager",
    "IMEX, 570.211.01, nvidia-imex-570",
    "IMEX, 595.91.07, nvidia-imex",
    "SUBNET_MANAGER, 570.211.01, nvlsm",
  })
  void namesThePackageOfTheDriversVersion(FabricService service, String driver, String expected) {
    assertThat(service.packageFor(DriverVersion.parse(driver).orElseThrow())).isEqualTo(expected);
  }
}
