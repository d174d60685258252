package dev.windlass.provider.gcp;

import com.google.auth.oauth2.GoogleCredentials;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GKE and Cloud Billing, which are read over plain HTTP: a client of theirs would be gRPC's. */
final class RestCalls {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final URI GKE = URI.create("https://container.googleapis.com");
  private static final URI BILLING = URI.create("https://cloudbilling.googleapis.com");

  /** Compute Engine, in Cloud Billing's catalogue of services. */
  private static final String COMPUTE_ENGINE = "services/6F81-5844-456A";

  private static final int PRICES_A_PAGE = 5_000;

  private final GcpSettings settings;
  private final GcpClients clients;
  private final Requests requests;

  RestCalls(GcpSettings settings, GcpClients clients, Requests requests) {
    this.settings = settings;
    this.clients = clients;
    this.requests = requests;
  }

  /** The node pools of the configured cluster. */
  List<JsonNode> nodePools() {
    String[] cluster = settings.cluster().split("/");
    String path =
        "/v1/projects/" + cluster[0] + "/locations/" + cluster[1] + "/clusters/" + cluster[2];
    Call call =
        new Call(
            cluster[0],
            Location.region(cluster[1]),
            "clusters.get",
            "container.clusters.get",
            path.substring("/v1/".length()));
    List<JsonNode> pools = new ArrayList<>();
    get(call, settings.endpoint().orElse(GKE).resolve(path)).path("nodePools").forEach(pools::add);
    return pools;
  }

  /** Compute Engine's whole price list. */
  List<JsonNode> prices(String project) {
    Call call = new Call(project, "", "skus.list", "", COMPUTE_ENGINE);
    return Page.all(token -> {
      String path =
          "/v1/"
              + COMPUTE_ENGINE
              + "/skus?currencyCode=USD&pageSize="
              + PRICES_A_PAGE
              + (token.isEmpty() ? "" : "&pageToken=" + token);
      JsonNode page = get(call, settings.endpoint().orElse(BILLING).resolve(path));
      List<JsonNode> skus = new ArrayList<>();
      page.path("skus").forEach(skus::add);
      return new Page<>(skus, page.path("nextPageToken").asString(""));
    });
  }

  private JsonNode get(Call call, URI address) {
    return requests.send(
        call,
        () -> {
          HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(settings.timeout());
          sign(address, request);
          try {
            HttpResponse<String> answer =
                clients.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
            return body(call, answer);
          } catch (IOException lost) {
            throw CallFailedException.refused(
                Cause.TRANSIENT, call.method() + ": no answer: " + lost);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw CallFailedException.refused(Cause.TRANSIENT, call.method() + ": interrupted");
          }
        });
  }

  private void sign(URI address, HttpRequest.Builder request) {
    GoogleCredentials signer = clients.signer();
    if (signer == null) {
      return;
    }
    try {
      signer
          .getRequestMetadata(address)
          .forEach((name, values) -> values.forEach(it -> request.header(name, it)));
    } catch (IOException missing) {
      throw CallFailedException.refused(
          Cause.AUTH, "no access token for Google Cloud: " + missing.getMessage());
    }
  }

  private static JsonNode body(Call call, HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw Requests.answered(
          call,
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("Retry-After").orElse(null));
    }
    try {
      JsonNode body = MAPPER.readTree(answer.body());
      if (body.isObject() && !body.isEmpty()) {
        return body;
      }
    } catch (JacksonException _) {
      // Told below, as any other answer that is none.
    }
    throw CallFailedException.refused(
        new CloudFailure(Cause.UNKNOWN, call.method() + ": not an answer: " + answer.body()));
  }
}
