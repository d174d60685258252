package dev.windlass.daemon.cli;

import java.util.concurrent.Callable;

/**
 * A command of {@code windlass}, found by ServiceLoader: a class with picocli's {@code @Command}.
 * Its result is the exit code, one of {@link ExitCode}.
 */
public interface SubCommand extends Callable<Integer> {}
