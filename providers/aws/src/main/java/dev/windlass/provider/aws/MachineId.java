package dev.windlass.provider.aws;

import dev.windlass.core.model.InstanceId;
import java.util.Optional;

/** A machine's provider id as nodes carry it: {@code aws:///ZONE/i-…}; EC2 uses no id twice. */
final class MachineId {
  private static final String SCHEME = "aws:///";

  private MachineId() {}

  static InstanceId of(String zone, String ec2Id) {
    return new InstanceId(SCHEME + zone + "/" + ec2Id);
  }

  /** EC2's own id; empty for what is not a machine of EC2, such as a Fargate node. */
  static Optional<String> ec2Id(InstanceId id) {
    String text = id.value();
    String last = text.substring(text.lastIndexOf('/') + 1);
    return text.startsWith(SCHEME) && last.startsWith("i-") ? Optional.of(last) : Optional.empty();
  }
}
