package dev.windlass.core.scheduling;

import static dev.windlass.core.model.ClaimRequest.READ_WRITE_ONCE_POD;
import static dev.windlass.core.scheduling.VolumeBindingCases.claiming;
import static dev.windlass.core.scheduling.VolumeBindingCases.row;
import static dev.windlass.core.testing.Pods.pod;
import static dev.windlass.core.testing.Volumes.request;
import static dev.windlass.core.testing.Volumes.volumes;

import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.PodVolume.Disk;
import dev.windlass.core.model.PodVolume.Kind;
import dev.windlass.core.testing.Volumes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Volumes and disks that other pods have, too, and how many a node takes. */
final class VolumeSharingCases {
  private VolumeSharingCases() {}

  static Stream<Arguments> sharing() {
    Volumes exclusive = volumes().bound("data", null, READ_WRITE_ONCE_POD);
    Disk ebs = new Disk(Kind.AWS_ELASTIC_BLOCK_STORE, "vol-1", Set.of(), true, null);
    Disk gce = new Disk(Kind.GCE_PERSISTENT_DISK, "disk-1", Set.of(), false, null);
    Disk gceRead = new Disk(Kind.GCE_PERSISTENT_DISK, "disk-1", Set.of(), true, null);
    Disk iscsi = new Disk(Kind.ISCSI, "iqn", Set.of(), false, null);
    Disk rbd = new Disk(Kind.RBD, "rbd/one", Set.of("m1", "m2"), false, null);
    Disk rbdOther = new Disk(Kind.RBD, "rbd/one", Set.of("m3"), false, null);
    Disk rbdSame = new Disk(Kind.RBD, "rbd/one", Set.of("m2", "m3"), false, null);
    Volumes nothing = volumes();
    String taken = "VOLUME_RESTRICTIONS another pod on the node has the disk ";
    return Stream.of(
        row("alone", exclusive, claiming("data"), List.of(), null),
        row(
            "used on the node",
            exclusive,
            claiming("data"),
            List.of(pod("q").claims("data").on("n")),
            "VOLUME_RESTRICTIONS claim data is for one pod alone and another pod uses it"),
        row(
            "used on another node",
            exclusive,
            claiming("data"),
            List.of(pod("q").claims("data").on("m")),
            "VOLUME_RESTRICTIONS claim data is for one pod alone and another pod uses it"),
        row(
            "wanted by another",
            exclusive,
            claiming("data"),
            List.of(pod("q").claims("data")),
            null),
        row(
            "for many pods",
            volumes().bound("data", null, "ReadWriteOnce"),
            claiming("data"),
            List.of(pod("q").claims("data").on("m")),
            null),
        row(
            "EBS read twice",
            nothing,
            pod("p").volume(ebs),
            List.of(pod("q").volume(ebs).on("n")),
            taken + "vol-1"),
        row(
            "EBS elsewhere",
            nothing,
            pod("p").volume(ebs),
            List.of(pod("q").volume(ebs).on("m")),
            null),
        row(
            "GCE written",
            nothing,
            pod("p").volume(gce),
            List.of(pod("q").volume(gceRead).on("n")),
            taken + "disk-1"),
        row(
            "GCE read",
            nothing,
            pod("p").volume(gceRead),
            List.of(pod("q").volume(gceRead).on("n")),
            null),
        row(
            "iSCSI",
            nothing,
            pod("p").volume(iscsi),
            List.of(pod("q").volume(iscsi).on("n")),
            taken + "iqn"),
        row(
            "RBD, no monitor in common",
            nothing,
            pod("p").volume(rbd),
            List.of(pod("q").volume(rbdOther).on("n")),
            null),
        row(
            "RBD",
            nothing,
            pod("p").volume(rbd),
            List.of(pod("q").volume(rbdSame).on("n")),
            taken + "rbd/one"),
        row(
            "another kind",
            nothing,
            pod("p").volume(gce),
            List.of(pod("q").volume(iscsi).on("n")),
            null));
  }

  static Stream<Arguments> limits() {
    Volumes one = volumes().limit("n", 1).bound("data", null).bound("log", null);
    String full = "NODE_VOLUME_LIMITS the node takes 1 volumes of disk.example.com and has ";
    Disk inline = new Disk(Kind.OTHER, "d", Set.of(), false, new CsiVolume(Volumes.DRIVER, "d"));
    return Stream.of(
        row("one of one", one, claiming("data"), List.of(), null),
        row("two of one", one, claiming("data", "log"), List.of(), full + "0"),
        row(
            "the node is full",
            one,
            claiming("data"),
            List.of(pod("q").claims("log").on("n")),
            full + "1"),
        row(
            "the other node is full",
            one,
            claiming("data"),
            List.of(pod("q").claims("log").on("m")),
            null),
        row(
            "the same volume",
            one,
            claiming("data"),
            List.of(pod("q").claims("data").on("n")),
            null),
        row(
            "a volume that is still to be made",
            volumes()
                .limit("n", 1)
                .waiting("fast")
                .claim("new", request("fast", 1))
                .bound("log", null),
            claiming("new"),
            List.of(pod("q").claims("log").on("n")),
            full + "1"),
        row(
            "a disk of the spec",
            one,
            pod("p").volume(inline),
            List.of(pod("q").claims("log").on("n")),
            full + "1"),
        row(
            "attached though no pod has it",
            volumes().limit("n", 1).bound("data", null).bound("log", null).attached("pv-log", "n"),
            claiming("data"),
            List.of(),
            full + "1"),
        row(
            "attached and used counts once",
            volumes().limit("n", 2).bound("data", null).bound("log", null).attached("pv-log", "n"),
            claiming("data"),
            List.of(pod("q").claims("log").on("n")),
            null),
        row(
            "no limit",
            volumes().bound("data", null).bound("log", null),
            claiming("data", "log"),
            List.of(),
            null));
  }
}
