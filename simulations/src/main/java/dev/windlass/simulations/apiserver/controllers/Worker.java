package dev.windlass.simulations.apiserver.controllers;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Handles keys one after the other in a thread of its own; a key that waits already waits once. */
final class Worker<K> implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Set<K> waiting = new LinkedHashSet<>();
  private final Consumer<K> work;
  private final Thread thread;

  Worker(String name, Consumer<K> work) {
    this.work = work;
    this.thread = Thread.ofVirtual().name("apiserver-" + name).unstarted(this::run);
  }

  Worker<K> start() {
    thread.start();
    return this;
  }

  void add(K key) {
    lock.lock();
    try {
      if (waiting.add(key)) {
        added.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private K take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        added.await();
      }
      Iterator<K> keys = waiting.iterator();
      K key = keys.next();
      keys.remove();
      return key;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        K key = take();
        try {
          work.accept(key);
        } catch (ApiFailure _) {
          // the object went or changed meanwhile, which brings its key back
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.ERROR, "a controller failed for " + key, e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
