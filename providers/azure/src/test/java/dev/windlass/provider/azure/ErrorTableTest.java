package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTableTest {
  private static final String OTHER = "Standard_E8s_v5";
  private static final Scopes ON_DEMAND = scopes(Purchase.ON_DEMAND);
  private static final Scopes SPOT = scopes(Purchase.SPOT);

  private static Scopes scopes(Purchase purchase) {
    return new Scopes(
        Map.of(AzureRig.TYPE, "standardDSv5Family", OTHER, "standardESv5Family"),
        Set.of("eastus-1"),
        purchase);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | OperationNotAllowed | quota | THROTTLED | ",
        "429 | TooManyRequests | slow down | THROTTLED | ",
        "500 | InternalExecutionError | x | TRANSIENT | ",
        "503 | | <html> | TRANSIENT | ",
        "409 | NetworkingInternalOperationError | x | TRANSIENT | ",
        "412 | PreconditionFailed | x | CONFLICT | ",
        "412 | | x | CONFLICT | ",
        "409 | Conflict | x | CONFLICT | ",
        "0 | OperationPreempted | x | CONFLICT | ",
        "409 | AnotherOperationInProgress | x | CONFLICT | ",
        "409 | OperationNotAllowed | Another agentpool operation is in progress | CONFLICT | ",
        "404 | ResourceNotFound | x | NOT_FOUND | ",
        "404 | ResourceGroupNotFound | x | NOT_FOUND | ",
        "0 | ZonalAllocationFailed | x | CAPACITY | PT3M",
        "0 | AllocationFailed | x | CAPACITY | PT3M",
        "0 | OverconstrainedZonalAllocationRequest | x | CAPACITY | PT3M",
        "0 | OverconstrainedAllocationRequest | x | CAPACITY | PT3M",
        "409 | SkuNotAvailable | x | CONFIG | PT1H",
        "400 | InsufficientSubnetSize | x | CAPACITY | PT30S",
        "400 | SubnetIsFull | x | CAPACITY | PT30S",
        "409 | NicReservedForAnotherVm | x | CAPACITY | PT3M",
        "409 | OperationNotAllowed | exceeding approved quota, Current Limit: 20, | QUOTA | PT10M",
        "409 | OperationNotAllowed | exceeding approved quota, Current Limit: 0, | QUOTA | PT1H",
        "409 | QuotaExceeded | Current Limit: 0 | QUOTA | PT1H",
        "403 | AuthorizationFailed | x | PERMISSION | PT30M",
        "403 | LinkedAuthorizationFailed | x | PERMISSION | PT30M",
        "403 | RequestDisallowedByPolicy | x | PERMISSION | PT30M",
        "403 | SomethingNew | x | PERMISSION | PT30M",
        "401 | ExpiredAuthenticationToken | x | AUTH | ",
        "401 | | x | AUTH | ",
        "400 | AADSTS700016 | x | AUTH | ",
        "400 | InvalidParameter | x | CONFIG | ",
        "404 | ImageNotFound | x | CONFIG | ",
        "409 | PropertyChangeNotAllowed | x | CONFIG | ",
        "0 | VMExtensionProvisioningFailed | x | CONFIG | ",
        "400 | NobodyKnowsThis | x | UNKNOWN | ",
        "404 | | <html> | UNKNOWN | ",
      })
  void classifies(int status, String code, String message, Cause cause, Duration hold) {
    CloudFailure failure =
        ErrorTable.failure(
            new ArmAnswer(status, code == null ? "" : code, message, null), ON_DEMAND);

    assertThat(failure.cause()).isEqualTo(cause);
    assertThat(failure.hold()).isEqualTo(hold);
    assertThat(failure.code()).isEqualTo(code == null ? "" : code);
    assertThat(failure.message()).contains(message);
  }

  static List<List<Object>> scoped() {
    Set<String> both = Set.of(AzureRig.TYPE, OTHER);
    return List.of(
        List.of(
            "ZonalAllocationFailed",
            "x",
            new FailureScope(both, Set.of("eastus-1"), Purchase.ON_DEMAND)),
        List.of("AllocationFailed", "x", new FailureScope(both, Set.of(), Purchase.ON_DEMAND)),
        List.of(
            "OperationNotAllowed",
            "approved standardDSv5Family Cores quota",
            new FailureScope(Set.of(AzureRig.TYPE), Set.of(), Purchase.ON_DEMAND)),
        List.of(
            "OperationNotAllowed",
            "approved Total Regional Cores quota",
            new FailureScope(Set.of(), Set.of(), Purchase.ON_DEMAND)),
        List.of(
            "OperationNotAllowed",
            "approved LowPriorityCores quota",
            new FailureScope(Set.of(), Set.of(), Purchase.SPOT)),
        List.of("SubnetIsFull", "x", FailureScope.ALL),
        List.of("AuthorizationFailed", "x", FailureScope.ALL));
  }

  @ParameterizedTest
  @MethodSource("scoped")
  void closesNoMoreThanTheErrorIsAbout(List<Object> row) {
    CloudFailure failure =
        ErrorTable.failure(
            ArmAnswer.carried(row.get(0).toString(), row.get(1).toString()), ON_DEMAND);

    assertThat(failure.scope()).isEqualTo(row.get(2));
  }

  @Test
  void takesAMissingTypeForAStockoutOfSpotMachines() {
    CloudFailure failure =
        ErrorTable.failure(ArmAnswer.carried("SkuNotAvailable", "not available"), SPOT);

    assertThat(failure.cause()).isEqualTo(Cause.CAPACITY);
    assertThat(failure.hold()).isEqualTo(Duration.ofHours(1));
    assertThat(failure.scope().purchase()).isEqualTo(Purchase.SPOT);
  }

  @Test
  void waitsAsLongAsItIsAsked() {
    CloudFailure failure =
        ErrorTable.failure(new ArmAnswer(429, "x", "x", Duration.ofSeconds(9)), ON_DEMAND);

    assertThat(failure.hold()).isEqualTo(Duration.ofSeconds(9));
  }
}
