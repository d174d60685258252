/**
 * What every provider passes: faults by the list, peers' bugs, seeded random schedules, invariants.
 *
 * <p>Allowed neighbours: provider SPI, test kit, JUnit, AssertJ.
 */
@NullMarked
package dev.windlass.provider.contract;

import org.jspecify.annotations.NullMarked;
