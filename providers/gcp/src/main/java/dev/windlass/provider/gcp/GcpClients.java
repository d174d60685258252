package dev.windlass.provider.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequestsClient;
import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequestsSettings;
import com.google.cloud.compute.v1.InstanceGroupManagersClient;
import com.google.cloud.compute.v1.InstanceGroupManagersSettings;
import com.google.cloud.compute.v1.InstanceTemplatesClient;
import com.google.cloud.compute.v1.InstanceTemplatesSettings;
import com.google.cloud.compute.v1.InstancesClient;
import com.google.cloud.compute.v1.InstancesSettings;
import com.google.cloud.compute.v1.MachineTypesClient;
import com.google.cloud.compute.v1.MachineTypesSettings;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersClient;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersSettings;
import com.google.cloud.compute.v1.RegionInstanceTemplatesClient;
import com.google.cloud.compute.v1.RegionInstanceTemplatesSettings;
import com.google.cloud.compute.v1.RegionOperationsClient;
import com.google.cloud.compute.v1.RegionOperationsSettings;
import com.google.cloud.compute.v1.RegionsClient;
import com.google.cloud.compute.v1.RegionsSettings;
import com.google.cloud.compute.v1.ReservationsClient;
import com.google.cloud.compute.v1.ReservationsSettings;
import com.google.cloud.compute.v1.ZoneOperationsClient;
import com.google.cloud.compute.v1.ZoneOperationsSettings;
import dev.windlass.core.model.CloudFailure.Cause;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's clients, each made when it is first needed. The SDK repeats nothing: a request that is
 * repeated unseen escapes the budget. Credentials are the application's default ones: a workload
 * identity, a service account, a person's.
 */
final class GcpClients implements AutoCloseable {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private final GcpSettings settings;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<AutoCloseable> made = new CopyOnWriteArrayList<>();
  private final HttpClient http;
  private final HttpTransport transport;

  final Supplier<InstanceGroupManagersClient> zonal =
      once(() ->
          InstanceGroupManagersClient.create(
              configured(
                      InstanceGroupManagersSettings.newBuilder(),
                      InstanceGroupManagersSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<RegionInstanceGroupManagersClient> regional =
      once(() ->
          RegionInstanceGroupManagersClient.create(
              configured(
                      RegionInstanceGroupManagersSettings.newBuilder(),
                      RegionInstanceGroupManagersSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<InstanceGroupManagerResizeRequestsClient> queue =
      once(() ->
          InstanceGroupManagerResizeRequestsClient.create(
              configured(
                      InstanceGroupManagerResizeRequestsSettings.newBuilder(),
                      InstanceGroupManagerResizeRequestsSettings
                          .defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<InstancesClient> instances =
      once(() ->
          InstancesClient.create(
              configured(
                      InstancesSettings.newBuilder(),
                      InstancesSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<InstanceTemplatesClient> templates =
      once(() ->
          InstanceTemplatesClient.create(
              configured(
                      InstanceTemplatesSettings.newBuilder(),
                      InstanceTemplatesSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<RegionInstanceTemplatesClient> regionalTemplates =
      once(() ->
          RegionInstanceTemplatesClient.create(
              configured(
                      RegionInstanceTemplatesSettings.newBuilder(),
                      RegionInstanceTemplatesSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<MachineTypesClient> machineTypes =
      once(() ->
          MachineTypesClient.create(
              configured(
                      MachineTypesSettings.newBuilder(),
                      MachineTypesSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<RegionsClient> regions =
      once(() ->
          RegionsClient.create(
              configured(
                      RegionsSettings.newBuilder(),
                      RegionsSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<ReservationsClient> reservations =
      once(() ->
          ReservationsClient.create(
              configured(
                      ReservationsSettings.newBuilder(),
                      ReservationsSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<ZoneOperationsClient> zoneOperations =
      once(() ->
          ZoneOperationsClient.create(
              configured(
                      ZoneOperationsSettings.newBuilder(),
                      ZoneOperationsSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));
  final Supplier<RegionOperationsClient> regionOperations =
      once(() ->
          RegionOperationsClient.create(
              configured(
                      RegionOperationsSettings.newBuilder(),
                      RegionOperationsSettings.defaultHttpJsonTransportProviderBuilder())
                  .applyToAllUnaryMethods(this::sendOnce)
                  .build()));

  private final Supplier<CredentialsProvider> credentials;

  GcpClients(GcpSettings settings) {
    this(settings, () -> credentials(settings));
  }

  GcpClients(GcpSettings settings, Maker<CredentialsProvider> credentials) {
    this.settings = settings;
    this.credentials = once(credentials);
    this.http =
        HttpClient.newBuilder().connectTimeout(settings.timeout()).executor(threads).build();
    this.transport = new JdkTransport(http, settings.timeout());
  }

  /** For requests that do not go through the SDK. */
  HttpClient http() {
    return http;
  }

  /** What requests that do not go through the SDK are signed with; null for nothing. */
  @Nullable GoogleCredentials signer() {
    try {
      return credentials.get().getCredentials() instanceof GoogleCredentials google ? google : null;
    } catch (IOException missing) {
      throw noCredentials(missing);
    }
  }

  private static CredentialsProvider credentials(GcpSettings settings) throws IOException {
    return settings.anonymous()
        ? NoCredentialsProvider.create()
        : FixedCredentialsProvider.create(
            GoogleCredentials.getApplicationDefault().createScoped(SCOPE));
  }

  private <B extends ClientSettings.Builder<?, B>> B configured(
      B builder, InstantiatingHttpJsonChannelProvider.Builder transport) {
    settings.endpoint().ifPresent(it -> builder.setEndpoint(it.toString()));
    return builder
        .setCredentialsProvider(credentials.get())
        .setTransportChannelProvider(
            transport.setExecutor(threads).setHttpTransport(this.transport).build());
  }

  private @Nullable Void sendOnce(UnaryCallSettings.Builder<?, ?> call) {
    call.setRetryableCodes(Set.of());
    call.setSimpleTimeoutNoRetriesDuration(settings.timeout());
    return null;
  }

  /** What may throw while it is made. */
  interface Maker<T> {
    T make() throws IOException;
  }

  private <T> Supplier<T> once(Maker<T> maker) {
    return new Supplier<>() {
      private @Nullable T value;

      @Override
      public synchronized T get() {
        T known = value;
        if (known == null) {
          try {
            known = maker.make();
          } catch (IOException missing) {
            throw noCredentials(missing);
          }
          if (known instanceof AutoCloseable client) {
            made.add(client);
          }
          value = known;
        }
        return known;
      }
    };
  }

  private static CallFailedException noCredentials(IOException missing) {
    return CallFailedException.refused(
        Cause.AUTH, "no credentials for Google Cloud: " + missing.getMessage());
  }

  @Override
  public void close() {
    for (AutoCloseable client : made) {
      try {
        client.close();
      } catch (Exception late) {
        throw new IllegalStateException("a client of Google Cloud does not close", late);
      }
    }
    http.shutdownNow();
    threads.shutdownNow();
  }
}
