package dev.windlass.gpu.operand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.driver.DriverImages;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.operand.StackSettings.Driver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of stacks that cannot work on a model. */
class StackFitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "H100    | 580 | all-1g.10gb | ubuntu24.04 | -                  | -     |",
        "L4      | 580 | all-1g.10gb | ubuntu24.04 | -                  | -     | L4 cannot be"
            + " partitioned",
        "H100    | 580 | all-1g.5gb  | ubuntu24.04 | -                  | -     | H100 has no MIG"
            + " profile 1g.5gb",
        "V100-16 | 595 | -           | ubuntu24.04 | -                  | -     | no branch after"
            + " 580",
        "B200    | 535 | -           | ubuntu24.04 | -                  | -     | needs driver"
            + " 570.133.20",
        "L4      | 777 | -           | ubuntu24.04 | -                  | -     | branch 777 is not"
            + " known",
        "L4      | 580 | -           | amzn2023    | -                  | -     | no driver image"
            + " for operating system amzn2023",
        "L4      | 580 | -           | flatcar     | -                  | -     | no driver image"
            + " for operating system flatcar",
        "L4      | 580 | -           | rhel9.6     | -                  | -     |",
        "L4      | 580 | -           | ubuntu24.04 | 6.8.0-60-generic   | -     |",
        "L4      | 580 | -           | ubuntu24.04 | 6.8.0-1030-aws     | false |",
        "L4      | 610 | -           | ubuntu24.04 | 6.8.0-60-generic   | -     | no precompiled"
            + " module of branch 610, and compiling is not allowed",
        "L4      | 610 | -           | ubuntu24.04 | 6.8.0-60-generic   | true  |",
        "L4      | 580 | -           | ubuntu24.04 | 6.8.0-1019-gke     | true  | no headers are"
            + " published",
        "L4      | 580 | -           | ubuntu26.04 | 7.0.0-12-generic   | -     | no precompiled"
            + " module of branch 580",
        "L4      | 580 | -           | ubuntu24.04 | -                  | false | compiling is not"
            + " allowed",
      })
  void saysWhyAStackCannotWorkOnAModel(
      String model,
      int branch,
      @Nullable String layout,
      String system,
      @Nullable String kernel,
      @Nullable Boolean compile,
      @Nullable String expected) {
    String obstacle =
        StackFit.obstacle(stack(branch, layout, system, kernel, compile), model(model));

    if (expected == null) {
      assertThat(obstacle).isEmpty();
    } else {
      assertThat(obstacle).contains(expected);
    }
  }

  @Test
  void usesThePrecompiledImageOfTheKernel() {
    StackSettings stack = stack(580, null, "ubuntu24.04", "6.8.0-60-generic", null);

    assertThat(GpuOperands.forStack(stack).toString())
        .contains("nvcr.io/nvidia/driver:580-6.8.0-60-generic-ubuntu24.04");
  }

  @ParameterizedTest
  @CsvSource({
    "6.8.0, ",
    "6.8.0-60-lowlatency, ",
    "5.15.0-100-azure-fde, 580-5.15.0-100-azure-fde-ubuntu22.04"
  })
  void findsPrecompiledModulesOfKnownKernelsOnly(String kernel, @Nullable String tag) {
    DriverVersion version = DriverVersion.parse("580.178.04").orElseThrow();

    assertThat(DriverImages.precompiled(version, "ubuntu22.04", kernel).orElse(null))
        .isEqualTo(tag);
  }

  private static StackSettings stack(
      int branch,
      @Nullable String layout,
      String system,
      @Nullable String kernel,
      @Nullable Boolean compile) {
    StackSettings.Mig mig =
        layout == null
            ? StackSettings.Mig.NONE
            : new StackSettings.Mig(StackSettings.MigStrategy.SINGLE, layout);
    DriverWish wish = new DriverWish(branch, null, null);
    return new StackSettings(
        new GpuStackName("s"),
        new Driver(Driver.Source.CONTAINER, wish, system, kernel, compile),
        StackSettings.ContainerRuntime.USUAL,
        new StackSettings.Plugin("nvidia.com/gpu", StackSettings.Sharing.EXCLUSIVE, mig),
        StackSettings.Validation.USUAL);
  }

  private static GpuModel model(String name) {
    return GpuCatalogue.builtIn().byName(name).orElseThrow();
  }
}
