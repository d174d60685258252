package dev.windlass.gpu.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.facts.ValidationOutcome.Failed;
import dev.windlass.gpu.facts.ValidationOutcome.Passed;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tools print, read and judged. */
class FactsTest {
  private static final DriverVersion DRIVER = DriverVersion.parse("580.95.05").orElseThrow();

  @Test
  void readsTheQueryAsXml() {
    GpuFacts facts = NvidiaSmiXml.parse(xml("Enabled", "Completed", 0)).orElseThrow();

    assertThat(facts.driver()).isEqualTo(DRIVER);
    assertThat(facts.devices()).hasSize(2);
    GpuFacts.Device first = facts.devices().getFirst();
    assertThat(first.product()).isEqualTo("NVIDIA H100 80GB HBM3");
    assertThat(first.pciId()).isEqualTo(PciId.parse("2330").orElseThrow());
    assertThat(first.memoryMib()).isEqualTo(81559);
    assertThat(first.state()).isEqualTo(new GpuFacts.State(true, 2, "Completed", 0));
    assertThat(facts.devices().getLast().state()).isEqualTo(GpuFacts.State.QUIET);
  }

  @Test
  void passesOverWarningsBeforeTheDocument() {
    String text = "WARNING: infoROM is corrupted at gpu 0000:00:1E.0\n" + xml("N/A", "N/A", 0);

    assertThat(NvidiaSmiXml.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Failed to initialize NVML: Unknown Error",
        "<?xml version=\"1.0\" ?><nvidia_smi_log><gpu>",
        "<nvidia_smi_log><attached_gpus>1</attached_gpus></nvidia_smi_log>",
      })
  void saysNothingAboutTextThatIsNoSuchDocument(String text) {
    assertThat(NvidiaSmiXml.parse(text)).isEmpty();
  }

  @Test
  void fetchesNoFileThatTheDocumentNames() {
    String text =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + "<nvidia_smi_log><driver_version>580.95.05</driver_version>"
            + "<gpu><product_name>&x;</product_name></gpu></nvidia_smi_log>";

    assertThat(
            NvidiaSmiXml.parse(text).map(facts -> facts.devices().getFirst().product()).orElse(""))
        .isEmpty();
  }

  @Test
  void readsTheQueryAsCsv() {
    String text =
        """
        NVIDIA L4, GPU-6a1a1b2c-0000-0000-0000-000000000001, 0x27B810DE, 23034, 580.95.05, [N/A]
        NVIDIA L4, GPU-6a1a1b2c-0000-0000-0000-000000000002, 0x27B810DE, 23034, 580.95.05, [N/A]
        """;

    GpuFacts facts = NvidiaSmiCsv.parse(text).orElseThrow();

    assertThat(facts.devices()).hasSize(2).allMatch(device -> !device.state().migEnabled());
    assertThat(facts.devices().getFirst().pciId()).isEqualTo(PciId.parse("27b8").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "No devices were found",
        "NVIDIA L4, GPU-1, 0x27B810DE, [N/A], 580.95.05, [N/A]",
        "NVIDIA L4, GPU-1, 0x27B810DE, 23034, unknown, [N/A]",
        "NVIDIA L4, GPU-1, nothing, 23034, 580.95.05, [N/A]",
      })
  void saysNothingAboutCsvThatIsNotAsAsked(String text) {
    assertThat(NvidiaSmiCsv.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Release Build  (dvs-builder@U22)  Tue Sep 23 09:55:41 UTC 2025 | 580.95.05 | OPEN",
        "NVRM version: NVIDIA UNIX Open Kernel Module for aarch64  615.71.09  Release Build | 615.71.09 | OPEN",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.135  Fri Jan 10 20:00:00 UTC 2025 | 550.135 | PROPRIETARY",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  565.77 | 565.77 | OPEN",
        "cat: /proc/driver/nvidia/version: No such file or directory | - | -",
      })
  void readsTheDriverInTheKernel(
      String line, @Nullable String version, @Nullable KernelModule module) {
    assertThat(LoadedDriver.parse(line + "\nGCC version:  gcc version 11.4.0\n"))
        .isEqualTo(
            version == null || module == null
                ? Optional.empty()
                : Optional.of(
                    new LoadedDriver(DriverVersion.parse(version).orElseThrow(), module)));
  }

  @Test
  void readsTheBus() {
    PciDevices bus = PciDevices.parse(bus("nouveau"));

    assertThat(bus.gpus()).containsExactly(PciId.parse("2330").orElseThrow());
    assertThat(bus.switches()).isEqualTo(1);
    assertThat(bus.nouveau()).isTrue();
    assertThat(PciDevices.parse(bus("nvidia")).nouveau()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2330, nvidia, 580.95.05, OPEN, -",
        "2330, nvidia, 580.95.05, PROPRIETARY, -",
        "2330, nouveau, 580.95.05, OPEN, NouveauLoaded",
        "2330, nvidia, -, OPEN, DriverNotLoaded",
        "2330, nvidia, 470.82.01, OPEN, DriverTooOld",
        "2901, nvidia, 580.95.05, PROPRIETARY, DriverWrongModules",
        "2901, nvidia, 570.133.20, OPEN, -",
        "1db4, nvidia, 580.95.05, OPEN, DriverWrongModules",
        "1db4, nvidia, 580.95.05, PROPRIETARY, -",
        "1180, nvidia, 470.82.01, OPEN, DriverWrongModules",
        "2fff, nvidia, 580.95.05, OPEN, -",
      })
  void judgesTheDriverByTheDevicesOnTheBus(
      String id,
      String inUse,
      @Nullable String version,
      KernelModule module,
      @Nullable String cause) {
    LoadedDriver loaded =
        version == null
            ? null
            : new LoadedDriver(DriverVersion.parse(version).orElseThrow(), module);

    ValidationOutcome outcome =
        DriverCheck.judge(PciDevices.parse(bus(inUse).replace("10de:2330", "10de:" + id)), loaded);

    assertThat(causeOf(outcome)).isEqualTo(cause);
  }

  @Test
  void saysThatThereIsNoGpu() {
    assertThat(causeOf(DriverCheck.judge(PciDevices.parse(""), null))).isEqualTo("NoGpuFound");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "N/A,     N/A,         0, 2, 0, false, -",
        "N/A,     Completed,   0, 2, 0, true,  -",
        "N/A,     In Progress, 0, 2, 0, true,  FabricNotReady",
        "N/A,     N/A,         0, 8, 0, false, DevicesMissing",
        "N/A,     N/A,         3, 2, 0, false, DeviceUnhealthy",
        "Enabled, N/A,         0, 2, 0, false, MigNotApplied",
        "N/A,     N/A,         0, 2, 7, false, MigNotApplied",
      })
  void judgesTheDevices(
      String mig,
      String fabric,
      long errors,
      int devices,
      int migDevices,
      boolean linked,
      @Nullable String cause) {
    String text = xml(mig, fabric, errors).replace("<state>N/A<", "<state>" + fabric + "<");
    GpuFacts facts = NvidiaSmiXml.parse(text).orElseThrow();

    ValidationOutcome outcome =
        DeviceCheck.judge(
            facts,
            new LoadedDriver(DRIVER, KernelModule.OPEN),
            new DeviceCheck.Expected(devices, migDevices, linked));

    assertThat(causeOf(outcome)).isEqualTo(cause);
  }

  @Test
  void noticesLibrariesOfAnotherVersionThanTheKernels() {
    ValidationOutcome outcome =
        DeviceCheck.judge(
            NvidiaSmiXml.parse(xml("N/A", "N/A", 0)).orElseThrow(),
            new LoadedDriver(DriverVersion.parse("580.65.06").orElseThrow(), KernelModule.OPEN),
            new DeviceCheck.Expected(2, 0, false));

    assertThat(causeOf(outcome)).isEqualTo("DriverMismatch");
  }

  @Test
  void hasARemedyForEveryCause() {
    assertThat(Arrays.stream(BootstrapCause.values()).map(BootstrapCause::title))
        .doesNotHaveDuplicates();
    assertThat(Arrays.stream(BootstrapCause.values()).map(BootstrapCause::remedy))
        .allMatch(remedy -> remedy.length() > 20);
  }

  private static @Nullable String causeOf(ValidationOutcome outcome) {
    return switch (outcome) {
      case Passed _ -> null;
      case Failed failed -> failed.cause().title();
    };
  }

  private static String bus(String inUse) {
    return """
    00:03.0 0200: 1d0f:ec20
    \tKernel driver in use: ena
    00:05.0 0680: 10de:22a3 (rev a1)
    00:1e.0 0302: 10de:2330 (rev a1)
    \tSubsystem: 10de:16c1
    \tKernel driver in use: %s
    \tKernel modules: nvidia_drm, nvidia
    """
        .formatted(inUse);
  }

  private static String xml(String mig, String fabric, long errors) {
    String devices =
        mig.equals("Enabled")
            ? "<mig_device><index>0</index></mig_device><mig_device><index>1</index></mig_device>"
            : "None";
    return """
    <?xml version="1.0" ?>
    <!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
    <nvidia_smi_log>
      <timestamp>Tue Sep 23 10:00:00 2025</timestamp>
      <driver_version>580.95.05</driver_version>
      <cuda_version>13.0</cuda_version>
      <attached_gpus>2</attached_gpus>
      <gpu id="00000000:00:1E.0">
        <product_name>NVIDIA H100 80GB HBM3</product_name>
        <mig_mode><current_mig>%s</current_mig><pending_mig>%s</pending_mig></mig_mode>
        <mig_devices>%s</mig_devices>
        <uuid>GPU-00000000-0000-0000-0000-000000000001</uuid>
        <pci><pci_device>2330</pci_device><pci_device_id>233010DE</pci_device_id></pci>
        <fabric><state>%s</state><status>Success</status></fabric>
        <fb_memory_usage><total>81559 MiB</total><used>0 MiB</used></fb_memory_usage>
        <ecc_errors>
          <volatile>
            <sram_correctable>7</sram_correctable>
            <dram_uncorrectable>%d</dram_uncorrectable>
            <sram_uncorrectable_parity>N/A</sram_uncorrectable_parity>
          </volatile>
          <aggregate><dram_uncorrectable>5</dram_uncorrectable></aggregate>
        </ecc_errors>
      </gpu>
      <gpu id="00000000:00:1F.0">
        <product_name>NVIDIA H100 80GB HBM3</product_name>
        <mig_mode><current_mig>N/A</current_mig></mig_mode>
        <mig_devices>None</mig_devices>
        <uuid>GPU-00000000-0000-0000-0000-000000000002</uuid>
        <pci><pci_device_id>233010DE</pci_device_id></pci>
        <fabric><state>N/A</state></fabric>
        <fb_memory_usage><total>81559 MiB</total></fb_memory_usage>
      </gpu>
    </nvidia_smi_log>
    """
        .formatted(mig, mig, devices, fabric, errors);
  }
}
