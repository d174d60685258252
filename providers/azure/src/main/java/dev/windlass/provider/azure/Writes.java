package dev.windlass.provider.azure;

import com.azure.resourcemanager.compute.models.Sku;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetUpdate;
import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import dev.windlass.core.model.OperationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The two changes there are. A size is set only on the version of the group that was just read, and
 * the same write leaves the operation's name in a tag, so that whoever reads it later knows whose
 * size it is. Machines are deleted by their names.
 */
final class Writes {
  private static final int MAX_TAG = 256;

  private Writes() {}

  /** Sets a size; answers with the operation's handle. */
  static String resize(ArmCalls calls, Group group, int to, OperationId operation) {
    Map<String, String> tags = new HashMap<>(group.tags());
    tags.put(Group.OPERATION_TAG, tag(operation));
    return switch (group.id()) {
      case GroupId.ScaleSet _ ->
          calls.update(
              group.resourceGroup(), group.set().name(), update(group, to, tags), group.etag());
      case GroupId.Pool pool -> {
        AgentPoolInner document =
            Objects.requireNonNull(group.pool(), "a pool's document").withCount(to).withTags(tags);
        yield calls.putPool(pool, document, group.etag());
      }
    };
  }

  private static VirtualMachineScaleSetUpdate update(
      Group group, int to, Map<String, String> tags) {
    VirtualMachineScaleSetUpdate update =
        new VirtualMachineScaleSetUpdate()
            .withSku(
                new Sku()
                    .withName(group.set().sku().name())
                    .withTier(group.set().sku().tier())
                    .withCapacity((long) to));
    update.withTags(tags);
    return update;
  }

  /** Deletes machines; answers with the operation's handle. */
  static String delete(ArmCalls calls, Group group, List<Machine> machines) {
    return switch (group.id()) {
      case GroupId.ScaleSet _ ->
          calls.deleteInstances(
              group.resourceGroup(),
              group.set().name(),
              machines.stream().map(Machine::name).toList());
      case GroupId.Pool pool ->
          calls.deleteMachines(pool, machines.stream().map(Machine::computerName).toList());
    };
  }

  /** Whether the group's size is the work of an operation. */
  static boolean isDone(Group group, OperationId operation) {
    return tag(operation).equals(group.tags().get(Group.OPERATION_TAG));
  }

  /** An operation's name as a tag's value: a digest of what would be too long. */
  static String tag(OperationId operation) {
    String value = operation.value();
    return value.length() <= MAX_TAG ? value : digest(value);
  }

  private static String digest(String value) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
