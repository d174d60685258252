package dev.windlass.simulations.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.windlass.simulations.architecture.fixture.Impure;
import dev.windlass.simulations.architecture.fixture.LeakedClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.windlass");
  private static final JavaClasses FIXTURES =
      new ClassFileImporter().importClasses(Impure.class, LeakedClient.class);
  private static final String FIXTURE_PACKAGE = Impure.class.getPackageName();

  @Test
  void sawTheClassesOfEveryModule() {
    for (String module : ArchitectureRules.MODULES) {
      assertThat(PRODUCT.stream().filter(type -> type.getPackageName().startsWith(module)))
          .as("classes of %s", module)
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void coreIsPure() {
    ArchitectureRules.pure("dev.windlass.core..").check(PRODUCT);
  }

  @Test
  void coreStandsAlone() {
    ArchitectureRules.coreStandsAlone().check(PRODUCT);
  }

  @Test
  void theRuleOfPurityFindsClocksChanceAndFiles() {
    EvaluationResult result = ArchitectureRules.pure(FIXTURE_PACKAGE).evaluate(FIXTURES);

    assertThat(String.join("\n", result.getFailureReport().getDetails()))
        .contains("Impure.now()", "Impure.later(", "Impure.ticks()", "Impure.dice()")
        .contains("Impure.reads()");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "software.amazon.., dev.windlass.provider.aws..",
    "com.azure.., dev.windlass.provider.azure..",
    "com.google.cloud.., dev.windlass.provider.gcp..",
    "io.github.resilience4j.., dev.windlass.daemon.cloud..",
    "dev.cel.., dev.windlass.daemon.cel..|dev.windlass.simulations.apiserver.crd..",
    "com.sun.net.httpserver..,"
        + " dev.windlass.daemon.http..|dev.windlass.provider.testkit..|dev.windlass.simulations.."
  })
  void librariesStayWhereTheyBelong(String library, String allowed) {
    ArchitectureRules.onlyIn(library, allowed.split("\\|", -1)).check(PRODUCT);
  }

  @Test
  void theClientOfKubernetesStaysInTheShell() {
    clientRule().check(PRODUCT);
  }

  @Test
  void theRuleOfTheClientFindsALeak() {
    EvaluationResult result = clientRule().evaluate(FIXTURES);

    assertThat(result.hasViolation()).isTrue();
  }

  /** Resource types extend its CustomResource; the composition root makes it. */
  private static ArchRule clientRule() {
    return ArchitectureRules.onlyIn(
        "io.fabric8.kubernetes.client..",
        "dev.windlass.daemon",
        "dev.windlass.daemon.kubernetes..",
        "dev.windlass.daemon.resource..",
        "dev.windlass.daemon.plan..",
        "dev.windlass.simulations.arena..",
        "dev.windlass.simulations.cloud..",
        "dev.windlass.simulations.controlplane..",
        "dev.windlass.simulations.demo..",
        "dev.windlass.simulations.world..");
  }

  @Test
  void cloudsAreChangedByActuationAlone() {
    ArchitectureRules.cloudsAreChangedByActuationAlone().check(PRODUCT);
  }

  @Test
  void packagesOfCoreHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching("dev.windlass.core.(*)..")
        .should()
        .beFreeOfCycles()
        .check(PRODUCT);
  }
}
