package dev.windlass.daemon.kubernetes;

import dev.windlass.daemon.cloud.Repeating;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for other autoscalers now and then. Cluster Autoscaler runs while it renews its Lease or
 * writes its status ConfigMap; Karpenter scales what its NodePools have made. What can't be asked
 * is as it was.
 */
public final class OtherAutoscalersWatch implements AutoCloseable {
  /** Cluster Autoscaler's loop and its Lease's duration are shorter. */
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(2);

  private static final String LEASE = "cluster-autoscaler";
  private static final String STATUS = "cluster-autoscaler-status";
  private static final String LAST_UPDATED = "cluster-autoscaler.kubernetes.io/last-updated";
  private static final Pattern GO_TIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)\\S* ([+-]\\d{4}).*");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z", Locale.ROOT);
  private static final Pattern GROUP_NAME =
      Pattern.compile("^\\s*(?:-\\s+)?[Nn]ame:\\s*\"?([^\\s\"]+)\"?\\s*$", Pattern.MULTILINE);
  private static final ResourceDefinitionContext NODE_POOL =
      new ResourceDefinitionContext.Builder()
          .withGroup("karpenter.sh")
          .withVersion("v1")
          .withKind("NodePool")
          .withPlural("nodepools")
          .withNamespaced(false)
          .build();

  private final KubernetesClient client;
  private final InstantSource clock;
  private final Consumer<String> failures;
  private volatile boolean closed;
  private volatile OtherAutoscalers seen = OtherAutoscalers.NONE;
  private @Nullable Repeating repeating;

  /** Knows of none until it is started. */
  public OtherAutoscalersWatch(
      KubernetesClient client, InstantSource clock, Consumer<String> failures) {
    this.client = client;
    this.clock = clock;
    this.failures = failures;
  }

  /** Looks now, and then again and again, this long after the last time. */
  public void start(Duration interval) {
    look();
    repeating =
        Repeating.start(
            "other-autoscalers", interval, this::look, failure -> failures.accept("" + failure));
  }

  /** What was seen last. */
  public OtherAutoscalers seen() {
    return seen;
  }

  @Override
  public void close() {
    closed = true;
    if (repeating != null) {
      repeating.close();
    }
  }

  private void look() {
    OtherAutoscalers before = seen;
    seen =
        new OtherAutoscalers(
            orBefore(this::clusterAutoscaler, before.clusterAutoscaler()),
            Objects.requireNonNull(orBefore(this::nodePools, before.nodePools())));
  }

  private <T> @Nullable T orBefore(Supplier<@Nullable T> question, @Nullable T before) {
    try {
      return question.get();
    } catch (KubernetesClientException failure) {
      if (!closed) {
        failures.accept("cannot look for other autoscalers: " + failure.getMessage());
      }
      return before;
    }
  }

  /** In whatever namespace one runs: it keeps its Lease and its status side by side. */
  private @Nullable Set<String> clusterAutoscaler() {
    Set<String> silent = new HashSet<>();
    for (Lease lease : named(client.leases().inAnyNamespace(), LEASE)) {
      if (isRecent(renewed(lease))) {
        silent.add(lease.getMetadata().getNamespace());
      }
    }
    Set<String> groups = new HashSet<>();
    boolean runs = !silent.isEmpty();
    for (ConfigMap status : named(client.configMaps().inAnyNamespace(), STATUS)) {
      if (isRecent(lastUpdated(status))) {
        runs = true;
        silent.remove(status.getMetadata().getNamespace());
        groups.addAll(groups(status));
      }
    }
    if (!runs) {
      return null;
    }
    return silent.isEmpty() ? groups : Set.of();
  }

  /** Asks by name, so that the right to these alone is enough. */
  private static <T extends HasMetadata> List<T> named(
      AnyNamespaceOperation<T, ? extends KubernetesResourceList<T>, ?> everywhere, String name) {
    return everywhere.withField("metadata.name", name).list().getItems();
  }

  private boolean isRecent(@Nullable Instant sign) {
    return sign != null && sign.plus(SIGN_OF_LIFE).isAfter(clock.instant());
  }

  private static @Nullable Instant renewed(Lease lease) {
    return lease.getSpec() == null || lease.getSpec().getRenewTime() == null
        ? null
        : lease.getSpec().getRenewTime().toInstant();
  }

  private static @Nullable Instant lastUpdated(ConfigMap status) {
    String written =
        status.getMetadata().getAnnotations() == null
            ? null
            : status.getMetadata().getAnnotations().get(LAST_UPDATED);
    Matcher time = GO_TIME.matcher(written == null ? "" : written);
    if (!time.matches()) {
      return null;
    }
    try {
      String text = time.group(1) + " " + time.group(2) + " " + time.group(3);
      return OffsetDateTime.parse(text, TIME).toInstant();
    } catch (DateTimeParseException noTime) {
      return null;
    }
  }

  /** The names under {@code nodeGroups}; older ones write the same line as text. */
  private static Set<String> groups(ConfigMap status) {
    String text = status.getData() == null ? "" : status.getData().getOrDefault("status", "");
    Set<String> names = new HashSet<>();
    Matcher line = GROUP_NAME.matcher(text);
    while (line.find()) {
      names.add(line.group(1));
    }
    return names;
  }

  private Set<String> nodePools() {
    try {
      return client.genericKubernetesResources(NODE_POOL).list().getItems().stream()
          .map(pool -> pool.getMetadata().getName())
          .collect(Collectors.toSet());
    } catch (KubernetesClientException failure) {
      if (failure.getCode() == ApiAnswers.NOT_FOUND) {
        return Set.of();
      }
      throw failure;
    }
  }
}
