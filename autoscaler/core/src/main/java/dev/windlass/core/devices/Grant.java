package dev.windlass.core.devices;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ResourceClaim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod's claims get on a node.
 *
 * @param claims what each claim gets that had nothing yet
 * @param users the named claims that one more pod uses
 * @param onlyHere whether no other node reaches anything of it
 */
public record Grant(List<One> claims, List<ObjectKey> users, boolean onlyHere) {
  public Grant {
    claims = List.copyOf(claims);
    users = List.copyOf(users);
  }

  /** What one claim gets; the key is null for a claim that is made for the pod. */
  record One(@Nullable ObjectKey key, ResourceClaim.Allocation allocation) {}

  /** Whether the next such pod finds everything as this one did. */
  public boolean changesNothing() {
    return users.isEmpty()
        && claims.stream()
            .allMatch(one ->
                one.key() == null
                    && one.allocation().devices().stream()
                        .allMatch(ResourceClaim.Held::adminAccess));
  }
}
