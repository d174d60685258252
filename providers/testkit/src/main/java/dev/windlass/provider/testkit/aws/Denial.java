package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.Variant;

/**
 * Why a machine cannot be had.
 *
 * @param variant which
 * @param code EC2's error code
 * @param message EC2's words
 */
record Denial(Variant variant, String code, String message) {}
