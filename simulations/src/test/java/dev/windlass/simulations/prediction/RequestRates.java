package dev.windlass.simulations.prediction;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** A load over time: its rate in each minute, in whatever unit its trace has. */
final class RequestRates {
  private final double[] perMinute;

  private RequestRates(double[] perMinute) {
    this.perMinute = perMinute;
  }

  /** Reads a trace of {@code request-rates/}. */
  static RequestRates of(String trace) {
    List<Double> minutes = new ArrayList<>();
    double rate = 0;
    for (String line : lines(trace)) {
      int comma = line.indexOf(',');
      int minute = Integer.parseInt(line.substring(0, comma));
      while (minutes.size() < minute) {
        minutes.add(rate);
      }
      rate = Double.parseDouble(line.substring(comma + 1));
    }
    minutes.add(rate);
    return new RequestRates(minutes.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<String> lines(String trace) {
    String name = "/request-rates/" + trace + ".csv.gz";
    try (InputStream file = Objects.requireNonNull(RequestRates.class.getResourceAsStream(name));
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(name, broken);
    }
  }

  /** The replicas that each minute needs where the highest rate needs so many. */
  int[] replicas(int atPeak) {
    double peak = 0;
    for (double rate : perMinute) {
      peak = Math.max(peak, rate);
    }
    int[] needed = new int[perMinute.length];
    for (int minute = 0; minute < needed.length; minute++) {
      needed[minute] = Math.max(1, (int) Math.ceil(perMinute[minute] / peak * atPeak));
    }
    return needed;
  }
}
