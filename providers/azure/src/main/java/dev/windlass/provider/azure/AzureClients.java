package dev.windlass.provider.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.management.AzureEnvironment;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.implementation.ComputeManagementClientBuilder;
import com.azure.resourcemanager.containerservice.fluent.ContainerServiceManagementClient;
import com.azure.resourcemanager.containerservice.implementation.ContainerServiceManagementClientBuilder;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CallBudget;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The SDK's clients, made when they are first needed. */
final class AzureClients implements AutoCloseable {
  private final AzureSettings settings;
  private final CallBudget budget;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable Made made;

  private record Made(
      HttpPipeline pipeline,
      ComputeManagementClient compute,
      ContainerServiceManagementClient containers) {}

  AzureClients(AzureSettings settings, CallBudget budget) {
    this.settings = settings;
    this.budget = budget;
  }

  /** The calls of a region; of the default region if it is empty. */
  ArmCalls region(String region) {
    String wanted = region.isEmpty() ? settings.region() : region;
    if (wanted.isEmpty()) {
      throw new CallFailedException(
          Cause.CONFIG, "no region: name one in the NodeGroup or in the settings of azure");
    }
    Made clients = made();
    return new ArmCalls(
        clients.compute(), clients.containers(), clients.pipeline(), settings.endpoint(), wanted);
  }

  private synchronized Made made() {
    if (made == null) {
      HttpClient http = Pipelines.client(settings, threads);
      HttpPipeline pipeline = Pipelines.pipeline(settings, budget, http);
      made =
          new Made(
              pipeline,
              new ComputeManagementClientBuilder()
                  .endpoint(settings.endpoint().toString())
                  .subscriptionId(settings.subscription())
                  .environment(AzureEnvironment.AZURE)
                  .pipeline(pipeline)
                  .buildClient(),
              new ContainerServiceManagementClientBuilder()
                  .endpoint(settings.endpoint().toString())
                  .subscriptionId(settings.subscription())
                  .environment(AzureEnvironment.AZURE)
                  .pipeline(pipeline)
                  .buildClient());
    }
    return made;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
