package dev.windlass.gpu.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.GpuArchitecture.Modules;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.DriverChoice.Chosen;
import dev.windlass.gpu.driver.DriverChoice.Impossible;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of models, wishes and drivers. */
class DriverChoiceTest {
  static Stream<GpuModel> models() {
    return GpuCatalogue.builtIn().models().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void drivesEveryModelOfTheCatalogueWithoutAnyWish(GpuModel model) {
    DriverChoice choice = DriverChoice.forModel(model, DriverWish.NONE);

    boolean old = model.architecture().modules() == Modules.PROPRIETARY_ONLY;
    assertThat(choice).isInstanceOf(Chosen.class);
    assertThat(((Chosen) choice).version().branch()).isEqualTo(580);
    assertThat(((Chosen) choice).module())
        .isEqualTo(old ? KernelModule.PROPRIETARY : KernelModule.OPEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "T4          | -   | -          | -           | 580.178.04 | OPEN        |",
        "T4          | -   | -          | PROPRIETARY | 580.178.04 | PROPRIETARY |",
        "H100        | 535 | -          | -           | 535.309.01 | OPEN        |",
        "H100        | 595 | -          | OPEN        | 595.91.07  | OPEN        |",
        "A100-80     | 580 | 580.65.06  | -           | 580.65.06  | OPEN        |",
        "V100-16     | 580 | -          | -           | 580.178.04 | PROPRIETARY |",
        "V100-16     | 595 | -          | -           | -          | -           | no branch after 580",
        "V100-16     | -   | -          | OPEN        | -          | -           | proprietary modules only",
        "P4          | 610 | -          | -           | -          | -           | no branch after 580",
        "B200        | -   | -          | PROPRIETARY | -          | -           | open modules only",
        "B200        | 535 | -          | -           | -          | -           | needs driver 570.133.20",
        "B200        | 570 | 570.86.15  | -           | -          | -           | needs driver 570.133.20",
        "B300        | 570 | -          | -           | -          | -           | needs driver 580.65.06",
        "GB300       | 595 | -          | -           | 595.91.07  | OPEN        |",
        "RTX-PRO-6000-BSE | 570 | -     | -           | -          | -           | needs driver 575.57.08",
        "RTX-PRO-4500-BSE | -   | -     | -           | 580.178.04 | OPEN        |",
        "H200        | 535 | -          | -           | -          | -           | needs driver 550.54.15",
        "L4          | 400 | -          | -           | -          | -           | branch 400 is not known",
      })
  void choosesByModelAndWish(
      String model,
      @Nullable Integer branch,
      @Nullable String version,
      @Nullable KernelModule module,
      @Nullable String expectedVersion,
      @Nullable KernelModule expectedModule,
      @Nullable String reason) {
    DriverWish wish =
        new DriverWish(
            branch, version == null ? null : DriverVersion.parse(version).orElseThrow(), module);

    DriverChoice choice = DriverChoice.forModel(model(model), wish);

    if (expectedVersion == null) {
      assertThat(choice).isInstanceOf(Impossible.class);
      assertThat(choice.reason()).contains(String.valueOf(reason));
    } else {
      assertThat(choice).isInstanceOf(Chosen.class);
      assertThat(((Chosen) choice).version()).hasToString(expectedVersion);
      assertThat(((Chosen) choice).module()).isEqualTo(expectedModule);
    }
  }

  @Test
  void refusesOneDriverForTheOldestAndTheNewest() {
    DriverChoice choice =
        DriverChoice.forModels(List.of(model("V100-32"), model("B200")), DriverWish.NONE);

    assertThat(choice).isInstanceOf(Impossible.class);
    assertThat(choice.reason()).contains("B200 needs the open modules", "V100-32");
  }

  @Test
  void takesTheDemandOfTheOneModelThatHasOne() {
    DriverChoice choice =
        DriverChoice.forModels(List.of(model("T4"), model("P100")), DriverWish.NONE);

    assertThat(((Chosen) choice).module()).isEqualTo(KernelModule.PROPRIETARY);
  }

  @ParameterizedTest
  @CsvSource({
    "3182, 580, OPEN",
    "1E00, 595, OPEN",
    "1DF6, 580, PROPRIETARY",
    "1180, 535, PROPRIETARY",
  })
  void judgesUnknownDevicesByTheirNumber(String id, int branch, KernelModule expected) {
    DriverChoice choice =
        DriverChoice.forUnknown(PciId.parse(id).orElseThrow(), new DriverWish(branch, null, null));

    assertThat(((Chosen) choice).module()).isEqualTo(expected);
  }

  @Test
  void refusesAnUnknownOldDeviceOnANewBranch() {
    DriverChoice choice =
        DriverChoice.forUnknown(PciId.parse("1180").orElseThrow(), new DriverWish(595, null, null));

    assertThat(choice).isInstanceOf(Impossible.class);
  }

  @Test
  void knowsAVersionOfEveryBranch() {
    assertThat(Arrays.stream(DriverBranch.values()))
        .allMatch(branch -> branch.newest().branch() == branch.number())
        .allMatch(branch -> !branch.support().isEmpty());
  }

  private static GpuModel model(String name) {
    return GpuCatalogue.builtIn().byName(name).orElseThrow();
  }
}
