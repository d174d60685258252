package dev.windlass.provider.aws;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.ec2.model.InstanceRequirementsRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Requirements of instance types as EC2 is asked with them. Auto Scaling and EC2's templates have
 * the same members in types of their own; all of them are carried over by their names.
 */
final class Requirements {
  private Requirements() {}

  static InstanceRequirementsRequest of(SdkPojo requirements) {
    InstanceRequirementsRequest.Builder builder = InstanceRequirementsRequest.builder();
    copy(requirements, builder);
    return builder.build();
  }

  private static void copy(SdkPojo from, SdkPojo builder) {
    Map<String, SdkField<?>> targets =
        builder.sdkFields().stream()
            .collect(Collectors.toMap(SdkField::memberName, Function.identity()));
    for (SdkField<?> field : from.sdkFields()) {
      Object value = field.getValueOrDefault(from);
      SdkField<?> target = targets.get(field.memberName());
      if (value == null || value instanceof SdkAutoConstructList<?> || target == null) {
        continue;
      }
      if (field.marshallingType().equals(MarshallingType.SDK_POJO)) {
        SdkPojo nested = target.constructor().get();
        copy((SdkPojo) value, nested);
        target.set(builder, ((Buildable) nested).build());
      } else {
        target.set(builder, value);
      }
    }
  }
}
