package dev.windlass.daemon.convert;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.daemon.resource.ReplicaScalerMapping;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ResourceReader;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scaler of a peer as a ReplicaScaler.
 *
 * @param origin what it was, as {@code KIND NAMESPACE/NAME}
 * @param scaler the whole document; it is valid
 * @param remarks what could not be carried over and what is left to do
 */
public record Conversion(String origin, ObjectNode scaler, List<Remark> remarks) {
  public Conversion {
    remarks = List.copyOf(remarks);
  }

  /** The conversion if its scaler is valid, else everything that is wrong with it. */
  static Parsed<Conversion> of(String origin, ObjectNode scaler, List<Remark> remarks) {
    return ResourceReader.read(scaler, ReplicaScalerResource.class)
        .then(ReplicaScalerMapping::parse)
        .then(_ -> new Parsed.Ok<>(new Conversion(origin, scaler, remarks)));
  }

  /** The scaler's name. */
  public ObjectKey key() {
    return ScalerDocument.key(scaler);
  }
}
