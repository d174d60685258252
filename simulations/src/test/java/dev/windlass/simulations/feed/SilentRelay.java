package dev.windlass.simulations.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A TCP relay on loopback whose connections can fall silent, as where a router has forgotten them:
 * they stay open on both sides, and nothing passes any more.
 */
public final class SilentRelay implements AutoCloseable {
  private static final int BUFFER = 1 << 14;

  private final URI target;
  private final ServerSocket server;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private volatile boolean mute;

  private record Link(Socket client, Socket server, AtomicBoolean silent) {}

  /** Relays to a server until it is closed. */
  public SilentRelay(URI target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  /** Where it listens, with the target's scheme. */
  public URI uri() {
    return URI.create(target.getScheme() + "://127.0.0.1:" + server.getLocalPort());
  }

  /** From now on nothing passes through any connection that there is; new ones work. */
  public void silenceAll() {
    links.forEach(link -> link.silent().set(true));
  }

  /** Whether new connections are silent from the beginning. */
  public void mute(boolean value) {
    mute = value;
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        Link link =
            new Link(
                client, new Socket(target.getHost(), target.getPort()), new AtomicBoolean(mute));
        links.add(link);
        Thread.ofVirtual().start(() -> pump(link, link.client(), link.server()));
        Thread.ofVirtual().start(() -> pump(link, link.server(), link.client()));
      }
    } catch (IOException _) {
      close();
    }
  }

  private void pump(Link link, Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!link.silent().get()) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException _) {
      // one side has gone, and the other one goes too
    }
    links.remove(link);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Link link : links) {
        link.client().close();
        link.server().close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
