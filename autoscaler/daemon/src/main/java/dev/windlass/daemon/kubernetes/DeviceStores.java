package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.daemon.cel.DeviceExpressions;
import dev.windlass.daemon.decode.ClaimedDevices;
import dev.windlass.daemon.decode.ResourceClaimDecoder;
import dev.windlass.daemon.decode.ResourceSliceDecoder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimTemplate;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Devices and their claims, where the cluster serves them when the daemon starts. */
final class DeviceStores {
  private final Consumer<String> failures;
  private final List<Watched<?, ?>> watched = new ArrayList<>();
  private final DecodingStore<ResourceClaim, ResourceClaimDecoder.Claim> claims;
  private final DecodingStore<ResourceClaimTemplate, Map.Entry<ObjectKey, DeviceClaim>> templates;
  private final DecodingStore<io.fabric8.kubernetes.api.model.resource.v1.DeviceClass, DeviceClass>
      classes;
  private final DecodingStore<
          io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice, ResourceSlice>
      slices;

  private volatile @Nullable Known latest;

  private record Known(long version, ClaimedDevices devices) {}

  DeviceStores(KubernetesClient client, Consumer<String> failures) {
    this.failures = failures;
    ResourceClaimDecoder decoder = new ResourceClaimDecoder(DeviceExpressions.SHARED);
    claims = store(each -> Reading.of(decoder.claim(each)), Slim.of(ResourceClaim::new));
    templates =
        store(
            each -> new Reading<>(decoder.template(each), ""), Slim.of(ResourceClaimTemplate::new));
    classes =
        store(
            each -> Reading.of(decoder.deviceClass(each)),
            Slim.of(io.fabric8.kubernetes.api.model.resource.v1.DeviceClass::new));
    slices =
        store(
            each -> Reading.of(ResourceSliceDecoder.decode(each)),
            Slim.of(io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice::new));
    if (isServed(client)) {
      watch("resourceclaims", client.resources(ResourceClaim.class).inAnyNamespace(), claims);
      watch(
          "resourceclaimtemplates",
          client.resources(ResourceClaimTemplate.class).inAnyNamespace(),
          templates);
      watch(
          "deviceclasses",
          client.resources(io.fabric8.kubernetes.api.model.resource.v1.DeviceClass.class),
          classes);
      watch(
          "resourceslices",
          client.resources(io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice.class),
          slices);
    }
  }

  List<Watched<?, ?>> watched() {
    return List.copyOf(watched);
  }

  /** All that is known now. */
  ClaimedDevices claimed() {
    long version = claims.version() + templates.version() + classes.version() + slices.version();
    Known known = latest;
    if (known == null || known.version() != version) {
      known = new Known(version, assemble());
      latest = known;
    }
    return known.devices();
  }

  private ClaimedDevices assemble() {
    Map<ObjectKey, DeviceClaim> byKey = new HashMap<>();
    templates.decoded().forEach(each -> byKey.put(each.getKey(), each.getValue()));
    return new ClaimedDevices(claims.decoded(), byKey, classes.decoded(), slices.decoded());
  }

  private boolean isServed(KubernetesClient client) {
    try {
      return client.supports("resource.k8s.io/v1", "ResourceClaim");
    } catch (KubernetesClientException failure) {
      failures.accept(
          "cannot tell whether the cluster has claims of devices: " + failure.getMessage());
      return false;
    }
  }

  private static <S extends HasMetadata, T> DecodingStore<S, T> store(
      Function<S, Reading<T>> decode, UnaryOperator<S> kept) {
    return new DecodingStore<>(decode, kept, (_, _) -> {});
  }

  private <S extends HasMetadata, T> void watch(
      String name, Informable<S> source, DecodingStore<S, T> store) {
    watched.add(Watched.start(name, source, store, failures));
  }
}
