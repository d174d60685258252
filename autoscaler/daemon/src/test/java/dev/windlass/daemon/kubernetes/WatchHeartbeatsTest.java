package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchHeartbeatsTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String PODS = "http://server/api/v1/pods";

  private final AtomicLong now = new AtomicLong();
  private final WatchHeartbeats heartbeats =
      new WatchHeartbeats(LIMIT, Duration.ofSeconds(8), now::get);

  /** A body that knows whether it was cancelled. */
  private static final class Body implements AsyncBody {
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    @Override
    public void consume() {}

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      done.cancel(false);
    }
  }

  private static final Interceptor.RequestTags NO_TAGS =
      new Interceptor.RequestTags() {
        @Override
        public <T> T getTag(Class<T> type) {
          throw new IllegalStateException("nobody asks");
        }
      };

  private record Answer(HttpRequest request, int code, Body body) implements HttpResponse<Body> {
    @Override
    public Optional<HttpResponse<?>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public List<String> headers(String key) {
      return List.of();
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of();
    }
  }

  private static HttpRequest watch(String list) {
    return new StandardHttpRequest.Builder().uri(list + "?limit=5&watch=true").build();
  }

  private Body answered(HttpRequest request, int code) {
    Body body = new Body();
    heartbeats.after(request, new Answer(request, code, body), (_, _) -> {});
    return body;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void endsAWatchThatSaysNothingAfterItsAnswer() {
    Body body = answered(watch(PODS), 200);
    pass(LIMIT);
    assertThat(heartbeats.endTheSilent()).isEmpty();

    pass(Duration.ofMillis(1));

    assertThat(heartbeats.endTheSilent()).containsExactly("/api/v1/pods");
    assertThat(body.done()).isCancelled();
    assertThat(heartbeats.endTheSilent()).as("it is ended once").isEmpty();
  }

  @Test
  void hearsEveryByte() throws Exception {
    HttpRequest request = watch(PODS);
    Body body = answered(request, 200);
    pass(LIMIT);
    AtomicLong passedOn = new AtomicLong();
    heartbeats
        .consumer((_, _) -> passedOn.incrementAndGet(), request)
        .consume(List.of(ByteBuffer.allocate(1)), body);
    pass(LIMIT);

    assertThat(heartbeats.silence()).isEqualTo(LIMIT);
    assertThat(heartbeats.endTheSilent()).isEmpty();
    assertThat(passedOn).hasValue(1);
  }

  @Test
  void knowsTheSilenceOfTheMostSilentOne() {
    answered(watch(PODS), 200);
    pass(Duration.ofSeconds(30));
    answered(watch("http://server/api/v1/nodes"), 200);

    assertThat(heartbeats.silence()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void isSilentFromTheEndOfAWatchToTheNextAnswer() {
    answered(watch(PODS), 200).cancel();
    pass(Duration.ofMinutes(5));
    assertThat(heartbeats.silence()).isEqualTo(Duration.ofMinutes(5));
    answered(watch(PODS), 503);
    assertThat(heartbeats.silence()).as("a refusal is no sign").isEqualTo(Duration.ofMinutes(5));
    assertThat(heartbeats.endTheSilent()).as("nothing is open").isEmpty();

    answered(watch(PODS), 200);

    assertThat(heartbeats.silence()).isZero();
  }

  @Test
  void leavesOtherRequestsAlone() {
    HttpRequest list = new StandardHttpRequest.Builder().uri(PODS + "?limit=5").build();
    AsyncBody.Consumer<List<ByteBuffer>> consumer = (_, _) -> {};

    answered(list, 200);

    assertThat(heartbeats.consumer(consumer, list)).isSameAs(consumer);
    assertThat(heartbeats.silence()).isZero();
  }

  @Test
  void isCompleteWhenWhatIsListedPageByPageIsWatched() {
    heartbeats.before(
        new StandardHttpRequest.Builder(),
        new StandardHttpRequest.Builder().uri("http://server/apis/x/v1/classes").build(),
        NO_TAGS);
    assertThat(heartbeats.complete()).isTrue();

    heartbeats.before(
        new StandardHttpRequest.Builder(),
        new StandardHttpRequest.Builder().uri(PODS + "?limit=5").build(),
        NO_TAGS);
    assertThat(heartbeats.complete()).isFalse();

    answered(watch(PODS), 200);
    assertThat(heartbeats.complete()).isTrue();
  }
}
