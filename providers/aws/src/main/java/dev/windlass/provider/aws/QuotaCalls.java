package dev.windlass.provider.aws;

import dev.windlass.provider.aws.Pages.Page;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.ListServiceQuotasResponse;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/** The requests to Service Quotas in one region. */
final class QuotaCalls implements AutoCloseable {
  private static final int QUOTAS_ON_PAGE = 100;

  private final ServiceQuotasClient client;
  private final Caller caller;

  QuotaCalls(ServiceQuotasClient client, Predicate<String> budget) {
    this.client = client;
    this.caller = new Caller("servicequotas", budget);
  }

  /** The limits of EC2 that hold for this account. */
  List<ServiceQuota> ofCompute() {
    return Pages.all(token -> {
      ListServiceQuotasResponse page =
          caller.read(
              "ListServiceQuotas",
              "*",
              () ->
                  client.listServiceQuotas(request ->
                      request.serviceCode("ec2").maxResults(QUOTAS_ON_PAGE).nextToken(token)));
      return new Page<>(page.quotas(), page.nextToken());
    });
  }

  @Override
  public void close() {
    client.close();
  }
}
