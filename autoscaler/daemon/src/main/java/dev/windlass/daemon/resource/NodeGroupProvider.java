package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Which cloud's group a NodeGroup is: exactly one of the four. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.aws), has(self.azure), has(self.gcp), has(self.simulated)]"
            + ".filter(x, x).size() == 1",
    message = "exactly one of aws, azure, gcp and simulated must be set")
public record NodeGroupProvider(
    @Nullable Aws aws, @Nullable Azure azure, @Nullable Gcp gcp, @Nullable Simulated simulated) {

  /** An Auto Scaling group. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Aws(
      @JsonPropertyDescription("The Auto Scaling group's name.") @Required @Size(min = 1)
          String autoScalingGroup,
      @JsonPropertyDescription("Its region; the Configuration's when absent.")
          @Nullable String region) {}

  /** A virtual machine scale set, or a node pool of an AKS cluster. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "has(self.scaleSet) != has(self.cluster) && has(self.cluster) == has(self.nodePool)",
      message = "either scaleSet must be set, or cluster and nodePool")
  public record Azure(
      @JsonPropertyDescription("The resource group of the scale set or of the cluster.")
          @Required
          @Size(min = 1)
          String resourceGroup,
      @JsonPropertyDescription("The scale set's name; absent for a node pool.")
          @Nullable
          @Size(min = 1)
          String scaleSet,
      @JsonPropertyDescription("The AKS cluster's name.") @Nullable @Size(min = 1) String cluster,
      @JsonPropertyDescription("The node pool's name in its cluster.") @Nullable @Size(min = 1)
          String nodePool,
      @JsonPropertyDescription("Its location; the Configuration's when absent.")
          @Nullable String region) {}

  /** A managed instance group. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Gcp(
      @JsonPropertyDescription("Its project; the Configuration's when absent.")
          @Nullable String project,
      @JsonPropertyDescription("The zone of a zonal group or the region of a regional one.")
          @Required
          @Size(min = 1)
          String location,
      @Required @Size(min = 1) String instanceGroupManager) {}

  /** A group of the simulated cloud. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Simulated(@Required @Size(min = 1) String group, @Nullable String region) {}
}
