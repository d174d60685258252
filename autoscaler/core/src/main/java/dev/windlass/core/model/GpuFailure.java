package dev.windlass.core.model;

/**
 * Why a GPU node did not become ready.
 *
 * @param phase the phase in which it stopped
 * @param cause a short code, for instance {@code DriverBuildFailed}
 * @param message one sentence for a person
 */
public record GpuFailure(GpuPhase phase, String cause, String message) {}
