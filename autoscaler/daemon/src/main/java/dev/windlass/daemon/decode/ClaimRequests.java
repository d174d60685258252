package dev.windlass.daemon.decode;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What claims ask for and, in the same terms, what volumes offer. */
final class ClaimRequests {
  /** The storage class before it had a field. */
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  private static final String STORAGE = "storage";
  private static final String BLOCK = "Block";

  private ClaimRequests() {}

  /** What a claim, or the template of one, asks for. */
  static ClaimRequest of(
      String field, ObjectMeta metadata, PersistentVolumeClaimSpec spec, Problems problems) {
    Map<String, Quantity> requests =
        spec.getResources() == null ? null : spec.getResources().getRequests();
    LabelSelector selector =
        spec.getSelector() == null
            ? null
            : SelectorDecoder.decode(field + ".selector", spec.getSelector(), problems);
    return new ClaimRequest(
        storageClass(metadata, spec.getStorageClassName()),
        bytes(field + ".resources.requests", requests, problems),
        Set.copyOf(Fields.list(spec.getAccessModes())),
        BLOCK.equals(spec.getVolumeMode()),
        selector,
        Fields.text(spec.getVolumeAttributesClassName()));
  }

  /** What a volume offers. */
  static ClaimRequest of(ObjectMeta metadata, PersistentVolumeSpec spec, Problems problems) {
    return new ClaimRequest(
        storageClass(metadata, spec.getStorageClassName()),
        bytes("spec.capacity", spec.getCapacity(), problems),
        Set.copyOf(Fields.list(spec.getAccessModes())),
        BLOCK.equals(spec.getVolumeMode()),
        null,
        Fields.text(spec.getVolumeAttributesClassName()));
  }

  private static String storageClass(ObjectMeta metadata, @Nullable String written) {
    String annotated =
        metadata.getAnnotations() == null ? null : metadata.getAnnotations().get(CLASS_ANNOTATION);
    return Fields.text(annotated == null ? written : annotated);
  }

  private static @Nullable Long bytes(
      String field, @Nullable Map<String, Quantity> amounts, Problems problems) {
    return amounts == null || amounts.get(STORAGE) == null
        ? null
        : bytes(field + "." + STORAGE, amounts.get(STORAGE), problems);
  }

  /** A size in bytes, rounded up; null when there is none. */
  static @Nullable Long bytes(String field, @Nullable Quantity written, Problems problems) {
    if (written == null) {
      return null;
    }
    OptionalLong bytes = Quantities.units(written.toString());
    if (bytes.isEmpty() || bytes.getAsLong() < 0) {
      problems.add(field, written.toString(), "a quantity of zero or more, such as 10Gi");
      return null;
    }
    return bytes.getAsLong();
  }
}
