package dev.windlass.core.scheduling;

import static dev.windlass.core.testing.Pods.pod;
import static dev.windlass.core.testing.Volumes.request;
import static dev.windlass.core.testing.Volumes.volumes;
import static dev.windlass.core.testing.Volumes.where;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.PersistentVolume.ClaimReference;
import dev.windlass.core.model.PersistentVolume.Migration;
import dev.windlass.core.model.PersistentVolume.Offer;
import dev.windlass.core.model.PersistentVolume.Reach;
import dev.windlass.core.model.VolumeClaim.Binding;
import dev.windlass.core.testing.Pods;
import dev.windlass.core.testing.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** Volumes that exist and volumes that are found or made for a pod. */
final class VolumeBindingCases {
  private static final List<NodeSelectorTerm> HERE = where("zone", "a");
  private static final List<NodeSelectorTerm> ELSEWHERE = where("zone", "b");
  private static final LabelSelector SSD = new LabelSelector(Map.of("disk", "ssd"), List.of());

  private VolumeBindingCases() {}

  /** A case; what refuses begins with the rule, or is null when the pod may go there. */
  static Arguments row(
      String what, Volumes storage, Pods pod, List<Pods> others, @Nullable String refusal) {
    return Arguments.of(what, storage, pod, others, refusal);
  }

  static Pods claiming(String... claims) {
    return pod("p").claims(claims);
  }

  static Stream<Arguments> boundVolumes() {
    List<NodeSelectorTerm> either = new ArrayList<>(ELSEWHERE);
    either.addAll(HERE);
    NodeSelectorTerm empty = new NodeSelectorTerm(List.of(), List.of());
    Migration migration = new Migration("kubernetes.io/aws-ebs", where("csi-zone", "a"));
    Volumes inTree =
        volumes()
            .claim("data", request("", 1), Binding.to("pv"))
            .volume("pv", Map.of(), new Reach(HERE, null, migration), "data", request("", 1));
    return Stream.of(
        row("without affinity", volumes().bound("data", null), claiming("data"), List.of(), null),
        row("here", volumes().bound("data", HERE), claiming("data"), List.of(), null),
        row("one alternative", volumes().bound("data", either), claiming("data"), List.of(), null),
        row(
            "elsewhere",
            volumes().bound("data", ELSEWHERE),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING the volume of claim data can be used where zone is in [b], on the node"
                + " it is a"),
        row(
            "one of two elsewhere",
            volumes().bound("data", HERE).bound("log", ELSEWHERE),
            claiming("data", "log"),
            List.of(),
            "VOLUME_BINDING the volume of claim log"),
        row(
            "local volume of another node",
            volumes().bound("data", where(Keys.HOSTNAME, "m")),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING"),
        row(
            "local volume of this node",
            volumes().bound("data", where(Keys.HOSTNAME, "n")),
            claiming("data"),
            List.of(),
            null),
        row(
            "no alternative",
            volumes().bound("data", List.of()),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING"),
        row(
            "an empty alternative",
            volumes().bound("data", List.of(empty)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING"),
        row("plugin not taken over", inTree, claiming("data"), List.of(), null),
        row(
            "plugin taken over by a driver",
            volumes()
                .migrated("n", "kubernetes.io/aws-ebs")
                .claim("data", request("", 1), Binding.to("pv"))
                .volume("pv", Map.of(), new Reach(HERE, null, migration), "data", request("", 1)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING the volume of claim data can be used where csi-zone"),
        row(
            "zone",
            volumes().labelled("data", Map.of(Keys.ZONE, "a")),
            claiming("data"),
            List.of(),
            null),
        row(
            "other zone",
            volumes().labelled("data", Map.of(Keys.ZONE, "b")),
            claiming("data"),
            List.of(),
            "VOLUME_ZONE volume data is in topology.kubernetes.io/zone [b], the node is in a"),
        row(
            "several zones",
            volumes().labelled("data", Map.of(Keys.ZONE, "b__ a")),
            claiming("data"),
            List.of(),
            null),
        row(
            "empty zone says nothing",
            volumes().labelled("data", Map.of(Keys.ZONE, "b__")),
            claiming("data"),
            List.of(),
            null),
        row(
            "old zone label",
            volumes().labelled("data", Map.of("failure-domain.beta.kubernetes.io/zone", "a")),
            claiming("data"),
            List.of(),
            null),
        row(
            "old region label",
            volumes().labelled("data", Map.of("failure-domain.beta.kubernetes.io/region", "s")),
            claiming("data"),
            List.of(),
            "VOLUME_ZONE volume data is in failure-domain.beta.kubernetes.io/region [s], the node"
                + " is in r"));
  }

  private static PersistentVolume kept(String claim, String uid, long size, boolean deleting) {
    return new PersistentVolume(
        "kept",
        Map.of(),
        new Offer(request("none", size), false, deleting),
        new Reach(HERE, null, null),
        new ClaimReference(new ObjectKey("default", claim), uid));
  }

  static Stream<Arguments> unboundClaims() {
    Volumes none = volumes().unprovisioned("none").claim("data", request("none", 5, "RWO"));
    String nothing =
        "VOLUME_BINDING storage class none of claim data makes no volumes, and no volume there";
    Binding selected = new Binding("", false, false, false, "m");
    return Stream.of(
        row(
            "a volume is made",
            volumes().waiting("fast").claim("data", request("fast", 5)),
            claiming("data"),
            List.of(),
            null),
        row(
            "a volume is made in this zone",
            volumes().waiting("fast", "a", "b").claim("data", request("fast", 5)),
            claiming("data"),
            List.of(),
            null),
        row(
            "none is made in this zone",
            volumes().waiting("fast", "b").claim("data", request("fast", 5)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING storage class fast of claim data makes volumes where zone is in [b], on"
                + " the node it is a"),
        row(
            "being made for this node",
            volumes()
                .waiting("fast")
                .claim("data", request("fast", 5), new Binding("", false, false, false, "n")),
            claiming("data"),
            List.of(),
            null),
        row(
            "being made for another node",
            volumes().waiting("fast").claim("data", request("fast", 5), selected),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING the volume of claim data is being made for node m"),
        row("nobody makes one", none, claiming("data"), List.of(), nothing),
        row(
            "one is there",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5, "RWO"))
                .free("pv", request("none", 5, "RWO", "RWX"), HERE),
            claiming("data"),
            List.of(),
            null),
        row(
            "too small",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5))
                .free("pv", request("none", 4), HERE),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "of another class",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5))
                .free("pv", request("fast", 9), HERE),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "for other access modes",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5, "RWX"))
                .free("pv", request("none", 9, "RWO"), HERE),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "elsewhere",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5))
                .free("pv", request("none", 9), where(Keys.HOSTNAME, "m")),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "not selected by the claim",
            volumes()
                .unprovisioned("none")
                .claim("data", new ClaimRequest("none", 1L, Set.of(), false, SSD, ""))
                .volume("pv", Map.of("disk", "hdd"), Reach.EVERYWHERE, null, request("none", 1)),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "selected by the claim",
            volumes()
                .unprovisioned("none")
                .claim("data", new ClaimRequest("none", 1L, Set.of(), false, SSD, ""))
                .volume("pv", Map.of("disk", "ssd"), Reach.EVERYWHERE, null, request("none", 1)),
            claiming("data"),
            List.of(),
            null),
        row(
            "a raw device for a file system",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 1))
                .free("pv", new ClaimRequest("none", 1L << 40, Set.of(), true, null, ""), null),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "of another attributes class",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 1))
                .free("pv", new ClaimRequest("none", 1L << 40, Set.of(), false, null, "x"), null),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "kept for the claim",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5))
                .volume(kept("data", "", 9, false)),
            claiming("data"),
            List.of(),
            null),
        row(
            "kept for an older claim of that name",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5))
                .volume(kept("data", "uid-old", 9, false)),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "kept, but being deleted",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5))
                .volume(kept("data", "", 9, true)),
            claiming("data"),
            List.of(),
            nothing),
        row(
            "one volume for two claims",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5))
                .claim("log", request("none", 1))
                .free("pv", request("none", 9), HERE),
            claiming("data", "log"),
            List.of(),
            nothing),
        row(
            "the smallest claim gets the smallest volume",
            volumes()
                .unprovisioned("none")
                .claim("data", request("none", 5))
                .claim("log", request("none", 1))
                .free("large", request("none", 9), HERE)
                .free("small", request("none", 2), HERE),
            claiming("data", "log"),
            List.of(),
            null),
        row(
            "enough can be made",
            volumes().waiting("fast").capacity("fast", "a", 5L).claim("data", request("fast", 5)),
            claiming("data"),
            List.of(),
            null),
        row(
            "not enough can be made",
            volumes()
                .waiting("fast")
                .capacity("fast", "a", 4L)
                .capacity("fast", "b", 9L)
                .capacity("fast", null, 9L)
                .capacity("fast", "a", null)
                .capacity("slow", "a", 9L)
                .claim("data", request("fast", 5)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING storage class fast of claim data has no room there"));
  }
}
