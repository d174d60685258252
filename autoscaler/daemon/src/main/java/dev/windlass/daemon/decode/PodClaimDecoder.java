package dev.windlass.daemon.decode;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodDeviceClaim;
import io.fabric8.kubernetes.api.model.PodResourceClaim;
import io.fabric8.kubernetes.api.model.PodResourceClaimStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A pod's claims of devices. */
final class PodClaimDecoder {
  private PodClaimDecoder() {}

  static List<PodDeviceClaim> decode(PodSource source, Problems problems) {
    Set<String> unneeded = unneeded(source);
    List<PodDeviceClaim> claims = new ArrayList<>();
    int index = 0;
    for (PodResourceClaim each : Fields.list(source.spec().getResourceClaims())) {
      String field = source.field() + ".resourceClaims[" + index++ + "]";
      String name = Fields.text(each.getName());
      String claim = Fields.text(each.getResourceClaimName());
      String template = Fields.text(each.getResourceClaimTemplateName());
      if (claim.isEmpty() == template.isEmpty()) {
        problems.add(field, name, "either resourceClaimName or resourceClaimTemplateName");
      } else if (!unneeded.contains(name)) {
        claims.add(
            new PodDeviceClaim(
                name,
                claim.isEmpty() ? PodDeviceClaim.Kind.TEMPLATE : PodDeviceClaim.Kind.NAMED,
                new ObjectKey(source.namespace(), claim.isEmpty() ? template : claim)));
      }
    }
    return claims;
  }

  /** A status without a claim's name says that no claim was made, since none is needed. */
  private static Set<String> unneeded(PodSource source) {
    Set<String> unneeded = new HashSet<>();
    if (source.status() != null) {
      for (PodResourceClaimStatus each : Fields.list(source.status().getResourceClaimStatuses())) {
        if (Fields.text(each.getResourceClaimName()).isEmpty()) {
          unneeded.add(Fields.text(each.getName()));
        }
      }
    }
    return unneeded;
  }
}
