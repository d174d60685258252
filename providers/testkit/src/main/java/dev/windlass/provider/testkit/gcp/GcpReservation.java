package dev.windlass.provider.testkit.gcp;

/**
 * Machines that are kept for the project.
 *
 * @param name its name
 * @param zone where
 * @param machineType of which type
 * @param count how many
 * @param inUse how many are taken
 * @param ready whether they can be used
 */
public record GcpReservation(
    String name, String zone, String machineType, int count, int inUse, boolean ready) {}
