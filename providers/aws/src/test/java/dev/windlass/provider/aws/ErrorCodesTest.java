package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Could not launch Spot Instances. UnfulfillableCapacity - Unable to fulfill capacity. | CAPACITY",
        "Could not launch On-Demand Instances. InsufficientInstanceCapacity - sorry | CAPACITY",
        "We currently do not have sufficient p4d.24xlarge capacity in us-east-1a. | CAPACITY",
        "There is no Spot capacity available that matches your request. | CAPACITY",
        "Your requested instance type (x) is not supported in your requested Availability Zone (y). | CAPACITY",
        "VcpuLimitExceeded - You have requested more vCPU capacity than your current limit. | QUOTA",
        "Max spot instance count exceeded. Launching EC2 instance failed. | QUOTA",
        "Request limit exceeded. Launching EC2 instance failed. | THROTTLED",
        "An internal error has occurred. Launching EC2 instance failed. | TRANSIENT",
        "You are not authorized to use launch template: lt-1. | CONFIG",
        "The image id '[ami-0]' does not exist. Launching EC2 instance failed. | CONFIG"
      })
  void classifiesWhatActivitiesSay(String sentence, Cause cause) {
    assertThat(ErrorCodes.causeOfSentence(sentence)).isEqualTo(cause);
  }
}
