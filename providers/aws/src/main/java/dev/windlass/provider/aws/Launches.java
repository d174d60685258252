package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Purchase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceRequirementsRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/**
 * What a group may launch: every override of a mixed instances policy with the template that it
 * names, and types by requirements resolved.
 */
final class Launches {
  private static final long GIB = 1 << 30;
  private static final long USUAL_ROOT = 20 * GIB;

  private final ComputeCalls calls;
  private final Map<LaunchTemplateSpecification, ResponseLaunchTemplateData> templates =
      new HashMap<>();
  private final Map<String, Image> images = new HashMap<>();

  Launches(ComputeCalls calls) {
    this.calls = calls;
  }

  /**
   * A type that may be launched.
   *
   * @param type its name
   * @param purchases how it may be paid for
   * @param os {@code linux} or {@code windows}
   * @param rootBytes the size of its root volume
   */
  record Launch(String type, Set<Purchase> purchases, String os, long rootBytes) {}

  /** Every type of the group. */
  List<Launch> of(AutoScalingGroup group) {
    LaunchSettings settings = LaunchSettings.of(group);
    if (settings.template() == null) {
      throw new CallFailedException(
          Cause.CONFIG,
          "Auto Scaling group "
              + group.autoScalingGroupName()
              + " has a launch configuration; what it launches is read from launch templates only");
    }
    if (settings.overrides().isEmpty()) {
      ResponseLaunchTemplateData template = template(settings.template());
      return launches(types(template, null), template, null, settings.purchases());
    }
    List<Launch> launches = new ArrayList<>();
    for (LaunchTemplateOverrides each : settings.overrides()) {
      LaunchTemplateSpecification own = each.launchTemplateSpecification();
      ResponseLaunchTemplateData template = template(own == null ? settings.template() : own);
      launches.addAll(
          launches(types(template, each), template, each.imageId(), settings.purchases()));
    }
    return launches;
  }

  private List<Launch> launches(
      List<String> types,
      ResponseLaunchTemplateData template,
      @Nullable String otherImage,
      Set<Purchase> ofPolicy) {
    Set<Purchase> purchases = ofPolicy.isEmpty() ? purchases(template) : ofPolicy;
    String imageId = otherImage == null ? template.imageId() : otherImage;
    String os = imageId == null ? "linux" : os(image(imageId));
    return types.stream()
        .map(type -> new Launch(type, purchases, os, rootBytes(template)))
        .toList();
  }

  private List<String> types(
      ResponseLaunchTemplateData template, @Nullable LaunchTemplateOverrides override) {
    if (override != null && override.instanceType() != null) {
      return List.of(override.instanceType());
    }
    if (override != null && override.instanceRequirements() != null) {
      return typesFor(template, Requirements.of(override.instanceRequirements()));
    }
    if (template.instanceRequirements() != null) {
      return typesFor(template, Requirements.of(template.instanceRequirements()));
    }
    if (template.instanceTypeAsString() == null) {
      throw new CallFailedException(Cause.CONFIG, "the launch template names no instance type");
    }
    return List.of(template.instanceTypeAsString());
  }

  private List<String> typesFor(
      ResponseLaunchTemplateData template, InstanceRequirementsRequest requirements) {
    boolean isArm =
        template.imageId() != null
            && Objects.equals(image(template.imageId()).architectureAsString(), "arm64");
    return calls.typesFor(isArm ? ArchitectureType.ARM64 : ArchitectureType.X86_64, requirements);
  }

  private ResponseLaunchTemplateData template(LaunchTemplateSpecification wanted) {
    return templates.computeIfAbsent(
        wanted,
        _ ->
            calls.template(wanted).stream()
                .map(LaunchTemplateVersion::launchTemplateData)
                .findFirst()
                .orElseThrow(() ->
                    new CallFailedException(
                        Cause.CONFIG,
                        "there is no version "
                            + wanted.version()
                            + " of launch template "
                            + wanted.launchTemplateId())));
  }

  private Image image(String id) {
    return images.computeIfAbsent(
        id,
        _ ->
            calls.images(id).stream()
                .findFirst()
                .orElseThrow(
                    () -> new CallFailedException(Cause.CONFIG, "there is no image " + id)));
  }

  private static String os(Image image) {
    return "windows".equalsIgnoreCase(image.platformAsString()) ? "windows" : "linux";
  }

  private static Set<Purchase> purchases(ResponseLaunchTemplateData template) {
    boolean isSpot =
        template.instanceMarketOptions() != null
            && template.instanceMarketOptions().marketType() == MarketType.SPOT;
    return EnumSet.of(isSpot ? Purchase.SPOT : Purchase.ON_DEMAND);
  }

  /** The first volume that has a size: templates of nodes name the root volume first. */
  private static long rootBytes(ResponseLaunchTemplateData template) {
    return template.blockDeviceMappings().stream()
        .filter(each -> each.ebs() != null && each.ebs().volumeSize() != null)
        .map(each -> each.ebs().volumeSize() * GIB)
        .findFirst()
        .orElse(USUAL_ROOT);
  }
}
