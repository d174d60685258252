package dev.windlass.provider.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CallBudget;
import java.net.URI;
import java.util.concurrent.ExecutorService;

/**
 * How requests go out: the budget is asked before each, pages included; an identity's token is
 * added; nothing is repeated; and an answer without the service's request id is not an answer.
 */
final class Pipelines {
  /** Under this key a request's context holds its {@link Call}. */
  static final String CALL = "windlass.call";

  private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");

  /**
   * What a request is to the budget.
   *
   * @param region where
   * @param method Azure's name of the operation
   */
  record Call(String region, String method) {}

  private Pipelines() {}

  static HttpClient client(AzureSettings settings, ExecutorService threads) {
    java.net.http.HttpClient.Builder jdk =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .executor(threads);
    return new JdkHttpClientBuilder(jdk)
        .executor(threads)
        .connectionTimeout(settings.timeout())
        .responseTimeout(settings.timeout())
        .readTimeout(settings.timeout())
        .writeTimeout(settings.timeout())
        .build();
  }

  static HttpPipeline pipeline(AzureSettings settings, CallBudget budget, HttpClient client) {
    return new HttpPipelineBuilder()
        .httpClient(client)
        .policies(new Guard(settings.subscription(), budget), identity(settings.endpoint(), client))
        .build();
  }

  /** A token never travels in the clear; an emulator takes any. */
  private static HttpPipelinePolicy identity(URI endpoint, HttpClient client) {
    if (endpoint.getScheme().equals("http")) {
      return new AddHeadersPolicy(
          new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, "Bearer emulator"));
    }
    TokenCredential credential = new DefaultAzureCredentialBuilder().httpClient(client).build();
    return new BearerTokenAuthenticationPolicy(credential, endpoint + "/.default");
  }

  private static final class Guard extends HttpPipelineSyncPolicy {
    private final String account;
    private final CallBudget budget;

    Guard(String account, CallBudget budget) {
      this.account = account;
      this.budget = budget;
    }

    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
      Call call =
          (Call)
              context
                  .getData(CALL)
                  .orElseThrow(() -> new IllegalStateException("a request without its name"));
      if (!budget.acquire(account, call.region(), call.method())) {
        throw new CallFailedException(
            Cause.THROTTLED, "the call budget of this subscription is used up for now");
      }
    }

    @Override
    protected HttpResponse afterReceivedResponse(
        HttpPipelineCallContext context, HttpResponse response) {
      int status = response.getStatusCode();
      if (status < 300 && response.getHeaderValue(REQUEST_ID) == null) {
        response.close();
        throw new ForeignAnswerException(status);
      }
      return response;
    }
  }
}
