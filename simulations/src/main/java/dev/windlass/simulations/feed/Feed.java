package dev.windlass.simulations.feed;

import java.util.function.IntFunction;

/**
 * The objects of one kind.
 *
 * @param path of their list, for instance {@code /api/v1/pods}
 * @param size how many there are
 * @param object each as JSON, by its number; asked anew for each list, so nothing is kept
 */
public record Feed(String path, int size, IntFunction<String> object) {}
