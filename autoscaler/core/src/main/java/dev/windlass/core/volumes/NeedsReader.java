package dev.windlass.core.volumes;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.model.VolumeClaim;
import dev.windlass.core.volumes.UnboundClaim.Candidates;
import dev.windlass.core.volumes.VolumeNeeds.Attached;
import dev.windlass.core.volumes.VolumeRefusal.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads from the cluster's storage what the volumes of one pod ask of its node. */
final class NeedsReader {
  private static final Comparator<UnboundClaim> SMALLEST_FIRST =
      Comparator.comparingLong(claim -> Objects.requireNonNullElse(claim.request().bytes(), 0L));

  private final StorageIndex storage;
  private final VolumeUsers users;
  private final Map<String, List<PersistentVolume>> free = new HashMap<>();

  NeedsReader(StorageIndex storage, VolumeUsers users) {
    this.storage = storage;
    this.users = users;
  }

  VolumeNeeds read(VolumeOwner owner, List<PodVolume> volumes) {
    return new Reading(owner).of(volumes);
  }

  /** Volumes of a class that any claim may get. */
  private List<PersistentVolume> free(String storageClass) {
    return free.computeIfAbsent(
        storageClass,
        name ->
            storage.ofClass(name).stream()
                .filter(each -> each.claim() == null)
                .filter(each -> each.offer().available() && !each.offer().deleting())
                .toList());
  }

  /** The reading of one pod's volumes. */
  private final class Reading {
    private final VolumeOwner owner;
    private final List<BoundVolume> bound = new ArrayList<>();
    private final List<UnboundClaim> unbound = new ArrayList<>();
    private final Set<ObjectKey> exclusive = new LinkedHashSet<>();
    private final List<PodVolume.Disk> disks = new ArrayList<>();
    private final Set<CsiVolume> attached = new LinkedHashSet<>();
    private @Nullable VolumeRefusal refused;

    Reading(VolumeOwner owner) {
      this.owner = owner;
    }

    VolumeNeeds of(List<PodVolume> volumes) {
      for (PodVolume volume : volumes) {
        switch (volume) {
          case PodVolume.Claim claim -> {
            VolumeClaim found = claim(owner.claim(claim.name()));
            if (found != null) {
              read(found, VolumeZoneFilter::zones);
              addExclusive(found);
            }
          }
          case PodVolume.Ephemeral ephemeral -> read(ephemeral);
          case PodVolume.Disk disk -> {
            if (disk.kind() != PodVolume.Kind.OTHER) {
              disks.add(disk);
            }
            if (disk.attachment() != null) {
              attached.add(disk.attachment());
            }
          }
        }
      }
      unbound.sort(SMALLEST_FIRST);
      List<Attached> counted = new ArrayList<>();
      for (CsiVolume each : attached) {
        counted.add(new Attached(each.driver(), users.isShared(each) ? each : null));
      }
      return new VolumeNeeds(refused, bound, unbound, exclusive, disks, counted);
    }

    /** The claim of a pod that is about to exist will be made with it. */
    private void read(PodVolume.Ephemeral ephemeral) {
      ObjectKey key = owner.ephemeralClaim(ephemeral.volume());
      if (owner.isToCome() && storage.claim(key) == null) {
        readRequest(key, ephemeral.request());
        return;
      }
      VolumeClaim found = claim(key);
      if (found != null && owner.owns(found)) {
        read(found, _ -> Map.of());
      } else if (found != null) {
        refuse("claim " + key.name() + " was not made for this pod");
      }
    }

    private @Nullable VolumeClaim claim(ObjectKey key) {
      VolumeClaim found = storage.claim(key);
      if (found == null) {
        refuse(absent("PersistentVolumeClaim", key.toString(), "claim " + key.name()));
      }
      return found;
    }

    private void addExclusive(VolumeClaim claim) {
      boolean alone = claim.request().accessModes().contains(ClaimRequest.READ_WRITE_ONCE_POD);
      if (alone && users.isShared(claim.key())) {
        exclusive.add(claim.key());
      }
    }

    /**
     * Reads a claim.
     *
     * @param zones what its volume's labels say; nothing for an ephemeral volume, as VolumeZone
     *     does not look at these
     */
    private void read(
        VolumeClaim claim, Function<PersistentVolume, Map<String, Set<String>>> zones) {
      VolumeClaim.Binding binding = claim.binding();
      String name = claim.key().name();
      storage.attachment(claim).ifPresent(attached::add);
      if (binding.lost()) {
        refuse("claim " + name + " lost its volume " + binding.volume());
      } else if (binding.deleting()) {
        refuse("claim " + name + " is being deleted");
      } else if (!binding.volume().isEmpty()) {
        readBound(claim, zones);
      } else {
        readUnbound(claim);
      }
    }

    private void readBound(
        VolumeClaim claim, Function<PersistentVolume, Map<String, Set<String>>> zones) {
      String name = claim.key().name();
      PersistentVolume volume = storage.volume(claim.binding().volume());
      if (!claim.binding().complete()) {
        refuse("claim " + name + " is not bound to volume " + claim.binding().volume() + " yet");
      } else if (volume == null) {
        String called = "volume " + claim.binding().volume() + " of claim " + name;
        refuse(absent("PersistentVolume", claim.binding().volume(), called));
      } else {
        BoundVolume.Where where =
            new BoundVolume.Where(
                volume.reach().affinity(), volume.reach().migration(), zones.apply(volume));
        if (!where.isAnywhere()) {
          bound.add(new BoundVolume(name, where));
        }
      }
    }

    private void readUnbound(VolumeClaim claim) {
      ClaimRequest request = claim.request();
      StorageClass found = storageClass(claim.key(), request);
      if (found != null) {
        List<PersistentVolume> kept =
            storage.ofClass(request.storageClass()).stream()
                .filter(each -> !each.offer().deleting())
                .filter(each -> each.claim() != null && each.claim().means(claim))
                .toList();
        unbound.add(
            new UnboundClaim(
                claim.key().name(),
                request,
                found,
                new Candidates(kept, free(request.storageClass())),
                claim.binding().selectedNode(),
                users.isShared(claim.key()) ? claim.key() : null));
      }
    }

    private void readRequest(ObjectKey key, ClaimRequest request) {
      storage.toBeMade(request.storageClass(), key).ifPresent(attached::add);
      StorageClass found = storageClass(key, request);
      if (found != null) {
        Candidates candidates = new Candidates(List.of(), free(request.storageClass()));
        unbound.add(new UnboundClaim(key.name(), request, found, candidates, null, null));
      }
    }

    /** The class of a claim that waits for its first pod. */
    private @Nullable StorageClass storageClass(ObjectKey key, ClaimRequest request) {
      String name = request.storageClass();
      StorageClass found = storage.storageClass(name);
      if (name.isEmpty()) {
        refuse("claim " + key.name() + " is not bound and names no storage class");
      } else if (found == null) {
        String called = "storage class " + name + " of claim " + key.name();
        refuse(absent("StorageClass", name, called));
      } else if (!found.waits()) {
        refuse(
            "claim "
                + key.name()
                + " is not bound yet, and its storage class "
                + name
                + " binds at once");
        return null;
      }
      return found;
    }

    private String absent(String kind, String name, String called) {
      Optional<String> problem = storage.problem(kind, name);
      return problem
          .map(each -> called + " can't be read: " + each)
          .orElse(called + " does not exist");
    }

    private void refuse(String message) {
      if (refused == null) {
        refused = new VolumeRefusal(Rule.VOLUME_BINDING, message);
      }
    }
  }
}
