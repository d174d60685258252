package dev.windlass.core.model;

/**
 * A volume as its CSI driver knows it; two volumes are one when both parts are equal.
 *
 * @param driver the driver's name
 * @param handle the volume's id
 */
public record CsiVolume(String driver, String handle) {}
