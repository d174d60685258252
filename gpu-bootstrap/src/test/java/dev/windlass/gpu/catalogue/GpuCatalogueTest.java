package dev.windlass.gpu.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.gpu.catalogue.GpuArchitecture.Modules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The facts hold together. */
class GpuCatalogueTest {
  private static final GpuCatalogue CATALOGUE = GpuCatalogue.builtIn();

  static Stream<GpuModel> models() {
    return CATALOGUE.models().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void judgesEachDeviceIdLikeItsArchitecture(GpuModel model) {
    boolean open = model.architecture().modules() != Modules.PROPRIETARY_ONLY;

    assertThat(model.needs().pciIds()).isNotEmpty().allMatch(id -> id.isOpenCapable() == open);
  }

  @ParameterizedTest
  @MethodSource("models")
  void drivesEachModelWithItsFirstAndItsLastBranch(GpuModel model) {
    assertThat(model.needs().minDriver().branch())
        .isLessThanOrEqualTo(Math.min(580, model.architecture().lastBranch()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void fitsAllPartitionsIntoTheMemoryOfTheDevice(GpuModel model) {
    for (MigProfile profile : model.migProfiles()) {
      int gib =
          Integer.parseInt(
              profile.name().substring(profile.name().indexOf('.') + 1).replace("gb", ""));
      assertThat(gib * profile.instances())
          .as("%s on %s", profile, model.name())
          .isLessThanOrEqualTo(model.memoryGib() + profile.instances());
    }
  }

  @Test
  void namesEachModelAndEachDeviceIdOnce() {
    List<PciId> ids = models().flatMap(model -> model.needs().pciIds().stream()).toList();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(models().map(GpuModel::name)).doesNotHaveDuplicates().hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"10de:2330, H100", "10DE:1EB8, T4", "0x290110DE, B200", "1db4, V100-16"})
  void findsModelsByDeviceId(String id, String expected) {
    assertThat(PciId.parse(id).flatMap(CATALOGUE::byPciId).map(GpuModel::name)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10de", "23", "10de:23301", "8086:2330", "zzzz"})
  void refusesWhatIsNoDeviceIdOfNvidia(String text) {
    if (text.equals("10de")) {
      assertThat(PciId.parse(text).flatMap(CATALOGUE::byPciId)).isEmpty();
    } else {
      assertThat(PciId.parse(text)).isEmpty();
    }
  }

  @Test
  void findsModelsByNameInEitherCase() {
    assertThat(CATALOGUE.byName("h100-nvl").map(GpuModel::memoryGib)).contains(94);
    assertThat(CATALOGUE.byName("K80")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"580.178.04, 580, 178, 4", "384.81, 384, 81, -1", "595.91.07, 595, 91, 7"})
  void readsAndWritesDriverVersions(String text, int branch, int minor, int patch) {
    DriverVersion version = DriverVersion.parse(text).orElseThrow();

    assertThat(version).isEqualTo(new DriverVersion(branch, minor, patch));
    assertThat(version).hasToString(text);
  }

  @Test
  void ordersDriverVersionsByNumber() {
    List<String> ordered = List.of("384.81", "535.309.01", "570.86.15", "570.133.20", "580.65.06");

    assertThat(ordered.stream().map(text -> DriverVersion.parse(text).orElseThrow())).isSorted();
  }

  @Test
  void refusesProfilesThatNoDeviceHas() {
    assertThatThrownBy(() -> new MigProfile("8g.10gb", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new MigProfile("1g.10gb", 7).resource()).isEqualTo("nvidia.com/mig-1g.10gb");
  }
}
