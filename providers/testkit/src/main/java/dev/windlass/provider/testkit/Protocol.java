package dev.windlass.provider.testkit;

import com.sun.net.httpserver.Headers;
import java.net.URI;

/** How a fake speaks: reads requests, answers them, and words its refusals. */
public interface Protocol {
  /** A request as it came. */
  record Incoming(String verb, URI uri, Headers headers, String body) {}

  /** What is asked, for the journal and the script; never throws. */
  Journal.Request read(Incoming request);

  /** The true answer. Called by one thread at a time. */
  Reply answer(Incoming request, Journal.Request read);

  /** A scripted refusal in this protocol's words. */
  Reply refusal(Incoming request, Fault.Refusal fault);
}
