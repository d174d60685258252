package dev.windlass.core.scheduling;

import static dev.windlass.core.scheduling.VolumeBindingCases.claiming;
import static dev.windlass.core.scheduling.VolumeBindingCases.row;
import static dev.windlass.core.testing.Pods.pod;
import static dev.windlass.core.testing.Volumes.request;
import static dev.windlass.core.testing.Volumes.volumes;

import dev.windlass.core.model.PodVolume.Ephemeral;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.model.VolumeClaim.Binding;
import dev.windlass.core.testing.Volumes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Claims that can or can not be read and bound. */
final class VolumeClaimCases {
  private VolumeClaimCases() {}

  static Stream<Arguments> claims() {
    Volumes plain = volumes().waiting("fast");
    return Stream.of(
        row("no volume", plain, pod("p"), List.of(), null),
        row(
            "no such claim",
            plain,
            claiming("data"),
            List.of(),
            "VOLUME_BINDING claim data does not exist"),
        row(
            "claim of another namespace",
            volumes().bound("data", null),
            claiming("data").namespace("other"),
            List.of(),
            "VOLUME_BINDING claim data does not exist"),
        row(
            "lost volume",
            volumes().claim("data", request("", 1), new Binding("pv", true, true, false, null)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING claim data lost its volume pv"),
        row(
            "claim being deleted",
            volumes().claim("data", request("", 1), new Binding("pv", true, false, true, null)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING claim data is being deleted"),
        row(
            "bound on one side only",
            volumes()
                .waiting("fast")
                .claim("data", request("fast", 1), new Binding("pv", false, false, false, null)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING claim data is not bound to volume pv yet"),
        row(
            "bound to a volume that is gone",
            volumes().claim("data", request("", 1), Binding.to("pv")),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING volume pv of claim data does not exist"),
        row(
            "bound to a volume that can't be read",
            volumes().claim("data", request("", 1), Binding.to("pv-broken")),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING volume pv-broken of claim data can't be read: spec.capacity"),
        row(
            "unbound, no class",
            volumes().claim("data", request("", 1)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING claim data is not bound and names no storage class"),
        row(
            "unbound, class missing",
            volumes().claim("data", request("slow", 1)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING storage class slow of claim data does not exist"),
        row(
            "unbound, class binds at once",
            volumes()
                .storageClass(new StorageClass("now", "x", false, List.of()))
                .claim("data", request("now", 1)),
            claiming("data"),
            List.of(),
            "VOLUME_BINDING claim data is not bound yet, and its storage class now binds at once"),
        row(
            "ephemeral, claim not made yet",
            plain,
            pod("p").volume(new Ephemeral("tmp", request("fast", 1))),
            List.of(),
            "VOLUME_BINDING claim p-tmp does not exist"),
        row(
            "ephemeral, claim of another pod",
            volumes().waiting("fast").claim("p-tmp", "uid-q", request("fast", 1), Binding.NONE),
            pod("p").volume(new Ephemeral("tmp", request("fast", 1))),
            List.of(),
            "VOLUME_BINDING claim p-tmp was not made for this pod"),
        row(
            "ephemeral",
            volumes().waiting("fast").claim("p-tmp", "uid-p", request("fast", 1), Binding.NONE),
            pod("p").volume(new Ephemeral("tmp", request("fast", 1))),
            List.of(),
            null));
  }
}
