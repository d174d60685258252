package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each error code means, what it closes and for how long. */
class ErrorCodesTest {
  @ParameterizedTest
  @CsvSource({
    "RequestLimitExceeded, THROTTLED, ALL,",
    "Throttling, THROTTLED, ALL,",
    "TooManyRequestsException, THROTTLED, ALL,",
    "EC2ThrottledException, THROTTLED, ALL,",
    "InternalError, TRANSIENT, ALL,",
    "RequestTimeout, TRANSIENT, ALL,",
    "Unavailable, TRANSIENT, ALL,",
    "ScalingActivityInProgress, CONFLICT, ALL,",
    "ResourceContention, CONFLICT, ALL,",
    "IdempotentParameterMismatch, CONFLICT, ALL,",
    "IncorrectInstanceState, CONFLICT, ALL,",
    "InsufficientInstanceCapacity, CAPACITY, VARIANT, PT3M",
    "InsufficientHostCapacity, CAPACITY, VARIANT, PT3M",
    "UnfulfillableCapacity, CAPACITY, VARIANT, PT3M",
    "SpotMaxPriceTooLow, CAPACITY, VARIANT, PT3M",
    "ReservationCapacityExceeded, CAPACITY, VARIANT, PT3M",
    "Unsupported, CAPACITY, TYPE_IN_ZONE, PT1H",
    "InsufficientFreeAddressesInSubnet, CAPACITY, ZONE, PT30S",
    "VcpuLimitExceeded, QUOTA, FAMILY, PT10M",
    "MaxSpotInstanceCountExceeded, QUOTA, SPOT_FAMILY, PT10M",
    "InstanceLimitExceeded, QUOTA, FAMILY, PT10M",
    "MaxFleetCountExceeded, QUOTA, ALL, PT10M",
    "PendingVerification, QUOTA, ALL, PT10M",
    "UnauthorizedOperation, PERMISSION, ALL, PT30M",
    "AccessDenied, PERMISSION, ALL, PT30M",
    "AuthFailure.ServiceLinkedRoleCreationNotPermitted, PERMISSION, SPOT, PT30M",
    "ExpiredToken, AUTH, ALL, PT1M",
    "InvalidClientTokenId, AUTH, ALL, PT1M",
    "RequestExpired, AUTH, ALL, PT1M",
    "SignatureDoesNotMatch, AUTH, ALL, PT1M",
    "InvalidLaunchTemplateId.NotFound, CONFIG, ALL,",
    "InvalidLaunchTemplateName.NotFoundException, CONFIG, ALL,",
    "InvalidAMIID.Unavailable, CONFIG, ALL,",
    "InvalidParameterValue, CONFIG, ALL,",
    "InvalidUserData.Malformed, CONFIG, ALL,",
    "ValidationError, CONFIG, ALL,",
    "ResourceNotFoundException, NOT_FOUND, ALL,"
  })
  void meansThat(String code, Cause cause, ErrorCodes.Reach reach, Duration hold) {
    assertThat(ErrorCodes.rule(code)).contains(new ErrorCodes.Rule(cause, hold, reach));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "your current vCPU limit of 64 allows | PT10M",
        "your current vCPU limit of 0 allows | PT1H",
        "your quota allows for 0 more running instance(s) | PT1H"
      })
  void leavesALimitOfZeroAloneForLonger(String message, Duration hold) {
    assertThat(ErrorCodes.rule("VcpuLimitExceeded").map(rule -> rule.hold(message))).contains(hold);
  }
}
