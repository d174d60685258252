package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each reason has its class, what it closes, and for how long. */
class ErrorCodesTest {
  private static final Variant L4 = new Variant("g2-standard-4", "us-central1-b", Purchase.SPOT);
  private static final GroupReference GROUP =
      Connection.reference(
          "web",
          "acme/us-central1/web",
          List.of(
              Connection.N2,
              L4,
              new Variant("n2-standard-8", "us-central1-b", Purchase.ON_DEMAND)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | rateLimitExceeded | Quota exceeded for quota metric 'Queries' | THROTTLED |
          403 | userRateLimitExceeded | slow down | THROTTLED |
          429 | | anything | THROTTLED |
          0 | RESOURCE_OPERATION_RATE_EXCEEDED | too many | THROTTLED |
          500 | internalError | sorry | TRANSIENT |
          503 | backendError | sorry | TRANSIENT |
          0 | INTERNAL_ERROR | sorry | TRANSIENT |
          0 | RESOURCE_NOT_READY | busy | CONFLICT |
          0 | MEMBER_ALREADY_EXISTS | is a member | CONFLICT |
          400 | resourceInUseByAnotherResource | busy | CONFLICT |
          409 | alreadyExists | exists | CONFLICT |
          412 | conditionNotMet | Invalid fingerprint. | CONFLICT |
          0 | ZONE_RESOURCE_POOL_EXHAUSTED | not enough resources | CAPACITY | PT3M
          0 | ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS | not enough resources | CAPACITY | PT3M
          0 | RESOURCE_POOL_EXHAUSTED | not enough resources | CAPACITY | PT3M
          0 | INSUFFICIENT_CAPACITY | not enough resources | CAPACITY | PT3M
          0 | IP_SPACE_EXHAUSTED | IP space of 'subnet' is exhausted. | CAPACITY | PT30S
          0 | IP_SPACE_EXHAUSTED_WITH_DETAILS | IP space exhausted | CAPACITY | PT30S
          0 | CONDITION_NOT_MET | something is not so | CAPACITY | PT3M
          0 | CONDITION_NOT_MET | Constraint constraints/compute.vmExternalIpAccess violated | PERMISSION | PT30M
          400 | invalid | Specified reservation 'r' does not have sufficient resources | CAPACITY | PT3M
          400 | invalid | The reservation 'r' is not ready | CAPACITY | PT3M
          400 | invalid | Specified reservation 'r' is incompatible | CONFIG |
          400 | invalid | Machine type with name 'a3-highgpu-8g' does not exist in zone 'us-west1-a'. | CAPACITY | PT1H
          0 | QUOTA_EXCEEDED | Quota 'N2_CPUS' exceeded.  Limit: 24.0 in region us-central1. | QUOTA | PT10M
          0 | QUOTA_EXCEEDED | Quota 'NVIDIA_L4_GPUS' exceeded.  Limit: 0.0 in region us-central1. | QUOTA | PT1H
          403 | quotaExceeded | Quota 'CPUS' exceeded.  Limit: 8 in region us-central1. | QUOTA | PT10M
          403 | forbidden | Required permission | PERMISSION | PT30M
          0 | PERMISSIONS_ERROR | Required permission | PERMISSION | PT30M
          401 | authError | Invalid Credentials | AUTH |
          404 | notFound | The resource 'projects/p/zones/z/instanceGroupManagers/m' was not found | NOT_FOUND |
          404 | notFound | The resource 'projects/p/global/instanceTemplates/t' was not found | CONFIG |
          400 | invalid | Invalid value for field | CONFIG |
          0 | UNSUPPORTED_TPU_CONFIGURATION | no | CONFIG |
          418 | somethingNew | what | UNKNOWN |
          0 | SOMETHING_NEW | what | UNKNOWN |
          """)
  void eachReasonHasItsClass(int status, String code, String message, Cause cause, Duration hold) {
    CloudFailure failure = ErrorCodes.failure(code == null ? "" : code, message, status);

    assertThat(failure.cause()).isEqualTo(cause);
    assertThat(failure.hold()).isEqualTo(hold);
    assertThat(failure.code()).isEqualTo(code == null ? "" : code);
  }

  @Test
  void aStockoutClosesItsVariantOnly() {
    assertThat(scope("ZONE_RESOURCE_POOL_EXHAUSTED", "no"))
        .isEqualTo(FailureScope.of(Connection.N2));
  }

  @Test
  void anExhaustedFamilyClosesItsTypesInTheWholeRegion() {
    assertThat(scope("QUOTA_EXCEEDED", "Quota 'N2_CPUS' exceeded.  Limit: 24.0"))
        .isEqualTo(new FailureScope(Set.of("n2-standard-4", "n2-standard-8"), Set.of(), null));
  }

  @Test
  void anExhaustedSpotGpuClosesSpotMachinesWithItOnly() {
    assertThat(scope("QUOTA_EXCEEDED", "Quota 'PREEMPTIBLE_NVIDIA_L4_GPUS' exceeded.  Limit: 1.0"))
        .isEqualTo(new FailureScope(Set.of("g2-standard-4"), Set.of(), Purchase.SPOT));
  }

  @Test
  void addressesCloseEverything() {
    assertThat(scope("IP_SPACE_EXHAUSTED", "no")).isEqualTo(FailureScope.ALL);
  }

  private static FailureScope scope(String code, String message) {
    return FailureScopes.narrowed(ErrorCodes.failure(code, message, 0), Connection.N2, GROUP)
        .scope();
  }
}
