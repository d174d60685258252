package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.CsiNode;
import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.model.VolumeAttachment;
import dev.windlass.core.model.VolumeClaim;
import dev.windlass.core.scheduling.LiteralScheduler.Host;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * kube-scheduler's volume plugins read word by word, with objects that change as pods are assumed;
 * shares nothing with the rules but the model.
 */
final class LiteralVolumes {
  /** Labels of zones and regions, each with the one that took its place. */
  private static final Map<String, String> ZONE_LABELS =
      Map.of(
          Keys.ZONE,
          Keys.ZONE,
          Keys.REGION,
          Keys.REGION,
          "failure-domain.beta.kubernetes.io/zone",
          Keys.ZONE,
          "failure-domain.beta.kubernetes.io/region",
          Keys.REGION);

  private final Storage storage;
  private final Map<ObjectKey, VolumeClaim> claims = new HashMap<>();
  private final Map<String, PersistentVolume> volumes = new TreeMap<>();

  LiteralVolumes(Storage storage) {
    this.storage = storage;
    storage.claims().forEach(claim -> claims.put(claim.key(), claim));
    storage.volumes().forEach(volume -> volumes.put(volume.name(), volume));
  }

  boolean fits(Pod pod, Host host, List<Host> all) {
    return readable(pod)
        && unrestricted(pod, host, all)
        && withinLimits(pod, host)
        && bindings(pod, host) != null
        && inZone(pod, host);
  }

  /** The objects as the scheduler assumes them once the pod is on the host. */
  void assume(Pod pod, Host host) {
    Map<ObjectKey, PersistentVolume> bindings = Objects.requireNonNull(bindings(pod, host));
    for (VolumeClaim claim : claimsOf(pod)) {
      PersistentVolume volume = bindings.get(claim.key());
      VolumeClaim.Binding old = claim.binding();
      if (volume != null) {
        volumes.put(
            volume.name(),
            new PersistentVolume(
                volume.name(),
                volume.labels(),
                volume.offer(),
                volume.reach(),
                new PersistentVolume.ClaimReference(claim.key(), claim.uid())));
      } else if (old.volume().isEmpty()) {
        VolumeClaim.Binding made =
            new VolumeClaim.Binding("", false, false, false, host.facts().name());
        claims.put(
            claim.key(),
            new VolumeClaim(claim.key(), claim.uid(), claim.ownerUid(), claim.request(), made));
      }
    }
  }

  private static @Nullable ObjectKey key(Pod pod, PodVolume volume) {
    String namespace = pod.key().namespace();
    return switch (volume) {
      case PodVolume.Claim claim -> new ObjectKey(namespace, claim.name());
      case PodVolume.Ephemeral own ->
          new ObjectKey(namespace, pod.key().name() + "-" + own.volume());
      case PodVolume.Disk _ -> null;
    };
  }

  private List<VolumeClaim> claimsOf(Pod pod) {
    List<VolumeClaim> found = new ArrayList<>();
    for (PodVolume volume : pod.spec().attachments().volumes()) {
      VolumeClaim claim = claims.get(key(pod, volume));
      if (claim != null) {
        found.add(claim);
      }
    }
    return found;
  }

  private boolean readable(Pod pod) {
    for (PodVolume volume : pod.spec().attachments().volumes()) {
      ObjectKey key = key(pod, volume);
      VolumeClaim claim = claims.get(key);
      if (key != null && (claim == null || claim.binding().lost() || claim.binding().deleting())) {
        return false;
      }
      if (claim != null
          && volume instanceof PodVolume.Ephemeral
          && !pod.metadata().identity().uid().equals(claim.ownerUid())) {
        return false;
      }
    }
    return true;
  }

  private boolean unrestricted(Pod pod, Host host, List<Host> all) {
    for (PodVolume volume : pod.spec().attachments().volumes()) {
      ObjectKey key = key(pod, volume);
      if (volume instanceof PodVolume.Claim
          && Objects.requireNonNull(claims.get(key))
              .request()
              .accessModes()
              .contains("ReadWriteOncePod")
          && all.stream()
              .flatMap(each -> each.pods().stream())
              .anyMatch(each -> names(each, key))) {
        return false;
      }
      if (volume instanceof PodVolume.Disk mine) {
        for (Pod other : host.pods()) {
          for (PodVolume theirs : other.spec().attachments().volumes()) {
            if (theirs instanceof PodVolume.Disk disk && conflict(mine, disk)) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  private static boolean names(Pod pod, @Nullable ObjectKey claim) {
    return pod.spec().attachments().volumes().stream()
        .anyMatch(each -> each instanceof PodVolume.Claim && Objects.equals(key(pod, each), claim));
  }

  private static boolean conflict(PodVolume.Disk one, PodVolume.Disk other) {
    boolean same = one.kind() == other.kind() && one.id().equals(other.id());
    return same
        && switch (one.kind()) {
          case GCE_PERSISTENT_DISK, ISCSI -> !(one.readOnly() && other.readOnly());
          case AWS_ELASTIC_BLOCK_STORE -> true;
          case RBD ->
              !(one.readOnly() && other.readOnly())
                  && !Collections.disjoint(one.monitors(), other.monitors());
          case OTHER -> false;
        };
  }

  private boolean withinLimits(Pod pod, Host host) {
    Map<String, Integer> limits = Map.of();
    for (CsiNode node : storage.drivers().nodes()) {
      limits = node.node().value().equals(host.facts().name()) ? node.limits() : limits;
    }
    Set<CsiVolume> fresh = attached(pod);
    Set<CsiVolume> there = new HashSet<>();
    host.pods().forEach(each -> there.addAll(attached(each)));
    fresh.removeAll(there);
    for (VolumeAttachment each : storage.drivers().attachments()) {
      PersistentVolume volume = volumes.get(each.volume());
      if (each.node().value().equals(host.facts().name())
          && volume != null
          && volume.reach().migration() == null
          && volume.reach().source() != null) {
        there.add(new CsiVolume(each.driver(), volume.reach().source().handle()));
      }
    }
    for (Map.Entry<String, Integer> limit : limits.entrySet()) {
      long added = fresh.stream().filter(each -> each.driver().equals(limit.getKey())).count();
      long before = there.stream().filter(each -> each.driver().equals(limit.getKey())).count();
      if (added > 0 && before + added > limit.getValue()) {
        return false;
      }
    }
    return true;
  }

  private Set<CsiVolume> attached(Pod pod) {
    Set<CsiVolume> attached = new HashSet<>();
    for (VolumeClaim claim : claimsOf(pod)) {
      PersistentVolume volume = volumes.get(claim.binding().volume());
      if (volume == null) {
        storage.classes().stream()
            .filter(each -> each.name().equals(claim.request().storageClass()))
            .forEach(each -> attached.add(new CsiVolume(driver(each), "" + claim.key())));
      } else if (volume.reach().source() != null) {
        attached.add(volume.reach().source());
      }
    }
    for (PodVolume each : pod.spec().attachments().volumes()) {
      if (each instanceof PodVolume.Disk disk && disk.attachment() != null) {
        attached.add(disk.attachment());
      }
    }
    return attached;
  }

  private static String driver(StorageClass made) {
    boolean inTree = made.provisioner().equals("kubernetes.io/aws-ebs");
    return inTree ? "ebs.csi.aws.com" : made.provisioner();
  }

  /**
   * The volumes that the pod's unbound claims get on the host; null when the pod can't go there.
   */
  private @Nullable Map<ObjectKey, PersistentVolume> bindings(Pod pod, Host host) {
    Map<String, String> labels = host.facts().labels();
    Map<ObjectKey, PersistentVolume> chosen = new HashMap<>();
    List<VolumeClaim> sorted = new ArrayList<>(claimsOf(pod));
    sorted.sort(
        Comparator.comparing(claim -> Objects.requireNonNullElse(claim.request().bytes(), 0L)));
    for (VolumeClaim claim : sorted) {
      VolumeClaim.Binding binding = claim.binding();
      StorageClass made =
          storage.classes().stream()
              .filter(each -> each.name().equals(claim.request().storageClass()))
              .findFirst()
              .orElse(null);
      if (!binding.volume().isEmpty() && binding.complete()) {
        PersistentVolume volume = volumes.get(binding.volume());
        if (volume == null || !satisfied(affinityOn(host, volume), labels)) {
          return null;
        }
        continue;
      }
      if (made == null || !made.waits() || !binding.volume().isEmpty()) {
        return null;
      }
      if (binding.selectedNode() == null) {
        PersistentVolume found = find(claim, labels, chosen);
        if (found != null) {
          chosen.put(claim.key(), found);
          continue;
        }
      } else if (!binding.selectedNode().equals(host.facts().name())) {
        return null;
      }
      if (!provisions(made, claim.request(), labels)) {
        return null;
      }
    }
    return chosen;
  }

  private @Nullable PersistentVolume find(
      VolumeClaim claim, Map<String, String> labels, Map<ObjectKey, PersistentVolume> chosen) {
    List<PersistentVolume> suiting =
        volumes.values().stream()
            .filter(each -> !chosen.containsValue(each))
            .filter(
                each -> each.offer().terms().storageClass().equals(claim.request().storageClass()))
            .filter(each -> each.claim() == null || each.claim().means(claim))
            .filter(each -> size(each.offer().terms()) >= size(claim.request()))
            .filter(each -> each.offer().terms().block() == claim.request().block())
            .filter(each -> !each.offer().deleting())
            .toList();
    for (PersistentVolume each : suiting) {
      if (each.claim() != null) {
        return reaches(each, labels) ? each : null;
      }
    }
    return suiting.stream()
        .filter(each -> each.offer().available() && reaches(each, labels))
        .filter(
            each -> each.offer().terms().accessModes().containsAll(claim.request().accessModes()))
        .filter(each ->
            claim.request().selector() == null || claim.request().selector().matches(each.labels()))
        .min(
            Comparator.comparingLong((PersistentVolume each) -> size(each.offer().terms()))
                .thenComparing(PersistentVolume::name))
        .orElse(null);
  }

  private static long size(ClaimRequest request) {
    return Objects.requireNonNullElse(request.bytes(), 0L);
  }

  private static boolean reaches(PersistentVolume volume, Map<String, String> labels) {
    return satisfied(volume.reach().affinity(), labels);
  }

  private @Nullable List<NodeSelectorTerm> affinityOn(Host host, PersistentVolume volume) {
    PersistentVolume.Migration migration = volume.reach().migration();
    for (CsiNode node : storage.drivers().nodes()) {
      if (migration != null
          && node.node().value().equals(host.facts().name())
          && node.migrated().contains(migration.plugin())) {
        return migration.affinity();
      }
    }
    return volume.reach().affinity();
  }

  private static boolean satisfied(
      @Nullable List<NodeSelectorTerm> terms, Map<String, String> labels) {
    return terms == null
        || terms.stream()
            .anyMatch(term ->
                !(term.labels().isEmpty() && term.fields().isEmpty())
                    && term.labels().stream().allMatch(each -> each.matches(labels)));
  }

  private boolean provisions(StorageClass made, ClaimRequest request, Map<String, String> labels) {
    boolean allowed =
        made.topologies().isEmpty()
            || made.topologies().stream()
                .anyMatch(term -> term.stream().allMatch(each -> each.matches(labels)));
    boolean enough =
        request.bytes() == null
            || !storage.drivers().measured().contains(made.provisioner())
            || storage.drivers().capacities().stream()
                .filter(each -> each.storageClass().equals(made.name()))
                .filter(each -> each.nodes() != null && each.nodes().matches(labels))
                .anyMatch(each -> each.bytes() != null && each.bytes() >= request.bytes());
    return !made.provisioner().equals("kubernetes.io/no-provisioner") && allowed && enough;
  }

  private boolean inZone(Pod pod, Host host) {
    Map<String, String> labels = host.facts().labels();
    if (ZONE_LABELS.keySet().stream().noneMatch(labels::containsKey)) {
      return true;
    }
    for (PodVolume each : pod.spec().attachments().volumes()) {
      VolumeClaim claim = claims.get(key(pod, each));
      PersistentVolume volume = claim == null ? null : volumes.get(claim.binding().volume());
      if (volume != null && each instanceof PodVolume.Claim && !inZone(volume, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean inZone(PersistentVolume volume, Map<String, String> labels) {
    for (Map.Entry<String, String> zone : ZONE_LABELS.entrySet()) {
      String allowed = volume.labels().get(zone.getKey());
      String actual = labels.getOrDefault(zone.getKey(), labels.get(zone.getValue()));
      if (allowed != null && !Arrays.asList(allowed.split("__", -1)).contains(actual)) {
        return false;
      }
    }
    return true;
  }
}
