package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuRepair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of errors and the table of the driver's own recovery actions. */
class GpuXidsTest {
  @ParameterizedTest
  @CsvSource({
    "8,   RESTART, GPU stopped processing",
    "11,  RESTART, invalid push buffer stream",
    "13,  RESTART, graphics engine exception",
    "25,  RESTART, illegal push buffer stream",
    "31,  RESTART, page fault",
    "32,  RESTART, corrupted push buffer stream",
    "43,  NONE,    follows another error",
    "45,  NONE,    follows another error",
    "46,  RESET,   GPU stopped processing",
    "48,  RESET,   double-bit error",
    "62,  RESET,   micro-controller halt",
    "63,  NONE,    row remapped",
    "64,  RESET,   row not remapped",
    "69,  RESTART, graphics engine class error",
    "74,  RESET,   NVLink error",
    "79,  REBOOT,  fallen off the bus",
    "92,  NONE,    many single-bit errors",
    "94,  RESTART, contained memory error",
    "95,  RESET,   uncontained memory error",
    "109, RESET,   context switch timeout",
    "110, RESET,   security fault",
    "119, RESET,   GSP does not answer",
    "120, RESET,   GSP error",
    "121, NONE,    corrected link error",
    "136, RESET,   link training failed",
    "137, RESTART, illegal access to a peer",
    "140, RESET,   unrecovered memory error",
    "143, RESET,   initialization error",
    "144, NONE,    NVLink 5: the driver states the recovery action",
    "150, NONE,    NVLink 5: the driver states the recovery action",
    "151, REBOOT,  key rotation error",
    "154, NONE,    announces a recovery action",
    "155, RESET,   NVLink software error",
    "156, RESET,   resource retired",
    "157, NONE,    resource not retired",
    "158, RESET,   fatal timeout",
    "999, NONE,    not known",
  })
  void mapsEveryXid(int xid, GpuRepair expected, String meaning) {
    assertThat(GpuXids.repair(xid)).as(meaning).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "None, NONE",
    "GpuReset, RESET",
    "NodeReboot, REBOOT",
    "DrainP2P, RESET",
    "DrainAndReset, RESET",
    "BusReset, RESET",
    "RecoverImexDomain, REBOOT",
    "SystemReboot, REBOOT",
    "SomethingNew, REBOOT",
  })
  void mapsEveryRecoveryAction(String word, GpuRepair expected) {
    assertThat(GpuRecoveryAction.repair(word)).isEqualTo(expected);
  }

  @Test
  void triesStrongerRepairsUntilTheMachineIsReplaced() {
    assertThat(GpuRepair.RESTART.next()).isEqualTo(GpuRepair.RESET);
    assertThat(GpuRepair.RESET.next()).isEqualTo(GpuRepair.REBOOT);
    assertThat(GpuRepair.REBOOT.next()).isEqualTo(GpuRepair.REPLACE);
    assertThat(GpuRepair.REPLACE.next()).isEqualTo(GpuRepair.REPLACE);
    assertThat(GpuRepair.NONE.next()).isEqualTo(GpuRepair.NONE);
  }
}
