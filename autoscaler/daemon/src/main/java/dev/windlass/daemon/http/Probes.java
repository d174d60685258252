package dev.windlass.daemon.http;

import java.util.function.Supplier;

/**
 * What a kubelet asks; each is asked anew for each request.
 *
 * @param live whether the process does its work, or should be started again: {@code /healthz}
 * @param ready whether it is up to date: {@code /readyz}
 */
public record Probes(Supplier<Health> live, Supplier<Health> ready) {}
