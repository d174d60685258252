package dev.windlass.daemon.config;

/**
 * One key of the Configuration document.
 *
 * @param path from {@code spec} on, for instance {@code scaleDown.unneededTime}
 * @param type what its value is: {@code number}, {@code share}, {@code duration}, {@code boolean},
 *     {@code text}, {@code list} or {@code map}
 * @param defaultValue as it would be written; empty for none
 */
public record ConfigurationKey(String path, String type, String defaultValue) {}
