package dev.windlass.core.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a claim asks of its volume.
 *
 * @param storageClass the storage class; empty for none
 * @param bytes how large it must be; null when the claim does not say
 * @param accessModes how it will be used
 * @param block whether it is a raw device and not a file system
 * @param selector labels that a volume made beforehand must have, or null
 * @param attributesClass the volume attributes class; empty for none
 */
public record ClaimRequest(
    String storageClass,
    @Nullable Long bytes,
    Set<String> accessModes,
    boolean block,
    @Nullable LabelSelector selector,
    String attributesClass) {
  /** The access mode of a claim that one pod alone may use. */
  public static final String READ_WRITE_ONCE_POD = "ReadWriteOncePod";

  public ClaimRequest {
    accessModes = Set.copyOf(accessModes);
  }
}
