package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.LaunchInstancesError;

/** What a launch that failed closes. */
class LaunchFailureTest {
  private static final List<Offering> OFFERINGS =
      Rig.group(
              "any",
              List.of(
                  new Variant("m5.large", "us-east-1a", Purchase.ON_DEMAND),
                  new Variant("c5.xlarge", "us-east-1b", Purchase.ON_DEMAND),
                  new Variant("g5.xlarge", "us-east-1b", Purchase.SPOT)))
          .offerings();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Could not launch Spot Instances. UnfulfillableCapacity - Unable to fulfill it. | CAPACITY",
        "Could not launch On-Demand Instances. InsufficientInstanceCapacity - sorry | CAPACITY",
        "We currently do not have sufficient p4d.24xlarge capacity in us-east-1a. | CAPACITY",
        "There is no Spot capacity available that matches your request. | CAPACITY",
        "Your type (x) is not supported in your requested Availability Zone (y). | CAPACITY",
        "There are not enough free addresses in subnet 'subnet-1'. | CAPACITY",
        "You may place 7 instances of a spread placement group in a zone. | CAPACITY",
        "VcpuLimitExceeded - You have requested more vCPU capacity than your limit. | QUOTA",
        "Max spot instance count exceeded. Launching EC2 instance failed. | QUOTA",
        "Request limit exceeded. Launching EC2 instance failed. | THROTTLED",
        "An internal error has occurred. Launching EC2 instance failed. | TRANSIENT",
        "You are not authorized to use launch template: lt-1. | PERMISSION",
        "The image id '[ami-0]' does not exist. Launching EC2 instance failed. | CONFIG",
        "Something that nobody has heard of. | UNKNOWN"
      })
  void classifiesWhatActivitiesSay(String sentence, Cause cause) {
    CloudFailure failure = LaunchFailure.of(activity(sentence), OFFERINGS);

    assertThat(failure.cause()).isEqualTo(cause);
    assertThat(failure.message()).isEqualTo(sentence);
  }

  private static Activity activity(String sentence) {
    return Activity.builder().statusMessage(sentence).build();
  }

  @Test
  void aStockoutClosesTheTypeInItsZone() {
    CloudFailure failure =
        LaunchFailure.of(
            activity(
                "We currently do not have sufficient m5.large capacity in the Availability Zone you"
                    + " requested (us-east-1a). You can get it in us-east-1b."),
            OFFERINGS);

    assertThat(failure.scope())
        .isEqualTo(new FailureScope(Set.of("m5.large"), Set.of("us-east-1a"), null));
  }

  @Test
  void theZoneIsReadFromTheDetailsOfAnActivityFirst() {
    Activity activity =
        Activity.builder()
            .details("{\"Subnet ID\":\"subnet-9\",\"Availability Zone\":\"us-west-2-lax-1a\"}")
            .statusMessage("There is no Spot capacity available that matches your request.")
            .build();

    assertThat(LaunchFailure.of(activity, OFFERINGS).scope())
        .isEqualTo(new FailureScope(Set.of(), Set.of("us-west-2-lax-1a"), Purchase.SPOT));
  }

  @ParameterizedTest
  @CsvSource({
    "InsufficientInstanceCapacity, m5.large, us-east-1a, ON_DEMAND",
    "VcpuLimitExceeded, m5.large c5.xlarge, , ON_DEMAND",
    "MaxSpotInstanceCountExceeded, m5.large c5.xlarge, , SPOT",
    "InsufficientFreeAddressesInSubnet, , us-east-1a,",
    "Unsupported, m5.large, us-east-1a,",
    "AuthFailure.ServiceLinkedRoleCreationNotPermitted, , , SPOT"
  })
  void anErrorClosesWhatItsCodeStandsFor(
      String code, String types, String zones, Purchase purchase) {
    LaunchInstancesError error =
        LaunchInstancesError.builder()
            .errorCode(code)
            .instanceType("m5.large")
            .availabilityZone("us-east-1a")
            .marketType("on-demand")
            .build();

    assertThat(LaunchFailure.of(error, OFFERINGS).scope())
        .isEqualTo(new FailureScope(words(types), words(zones), purchase));
  }

  private static Set<String> words(String text) {
    return text == null ? Set.of() : Set.of(text.split(" ", -1));
  }
}
