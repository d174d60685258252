package dev.windlass.provider.azure;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Variant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A machine of a group.
 *
 * @param id its provider id in lower case, and the id that Azure gives to no other machine
 * @param name by which its set deletes it: a number in uniform sets, the machine's name in flexible
 * @param computerName by which AKS deletes it
 * @param variant what it is
 * @param state how far it is
 * @param createdAt when it was made, or null while Azure does not say
 * @param error why it failed, or null
 * @param protectedFromScaleIn whether a person keeps it from being taken away
 * @param stopped whether somebody stopped it
 */
record Machine(
    InstanceId id,
    String name,
    String computerName,
    Variant variant,
    Instance.State state,
    @Nullable OffsetDateTime createdAt,
    @Nullable ArmAnswer error,
    boolean protectedFromScaleIn,
    boolean stopped) {}
