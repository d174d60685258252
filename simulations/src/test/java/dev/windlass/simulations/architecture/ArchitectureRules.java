package dev.windlass.simulations.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** The directions between modules that Maven alone can't hold. */
final class ArchitectureRules {
  /** Every module with a package that only it has. */
  static final List<String> MODULES =
      List.of(
          "dev.windlass.core",
          "dev.windlass.engine",
          "dev.windlass.provider.spi",
          "dev.windlass.provider.simulated",
          "dev.windlass.provider.aws",
          "dev.windlass.provider.azure",
          "dev.windlass.provider.gcp",
          "dev.windlass.provider.testkit",
          "dev.windlass.gpu",
          "dev.windlass.daemon",
          "dev.windlass.simulations");

  private static final Set<String> TIME_TYPES =
      Set.of(
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.ZonedDateTime",
          "java.time.OffsetDateTime",
          "java.time.Year",
          "java.time.YearMonth");

  private ArchitectureRules() {}

  /** Classes of this package have no clock, chance, input, output, thread or log. */
  static ArchRule pure(String packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .accessTargetWhere(readsClock())
        .orShould()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.io..",
                "java.nio..",
                "java.net..",
                "java.util.logging..",
                "java.util.random..",
                "java.util.concurrent..",
                "java.lang.reflect..",
                "org.slf4j.."))
        .orShould()
        .dependOnClassesThat(
            describe(
                "are sources of chance, time or threads",
                type ->
                    Set.of(
                            "java.util.Random",
                            "java.util.SplittableRandom",
                            "java.security.SecureRandom",
                            "java.time.Clock",
                            "java.time.InstantSource",
                            "java.lang.Thread",
                            "java.lang.Process",
                            "java.lang.ProcessBuilder")
                        .contains(type.getName())));
  }

  private static DescribedPredicate<JavaAccess<?>> readsClock() {
    return describe(
        "reads a clock or draws by chance",
        access -> {
          String owner = access.getTargetOwner().getName();
          String name = access.getName();
          boolean system =
              owner.equals("java.lang.System")
                  && Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty")
                      .contains(name);
          boolean chance =
              (owner.equals("java.lang.Math") && name.equals("random"))
                  || (owner.equals("java.util.UUID") && name.equals("randomUUID"));
          return system || chance || (TIME_TYPES.contains(owner) && name.equals("now"));
        });
  }

  /** Core knows nothing but the JDK and its null annotations. */
  static ArchRule coreStandsAlone() {
    return noClasses()
        .that()
        .resideInAPackage("dev.windlass.core..")
        .should()
        .dependOnClassesThat(
            describe(
                "are neither core nor the JDK",
                type ->
                    !type.getPackageName().startsWith("dev.windlass.core")
                        && !type.getPackageName().startsWith("java.")
                        && !type.getPackageName().startsWith("org.jspecify")
                        && !type.isPrimitive()
                        && !type.isArray()));
  }

  /** A library is used in these packages and nowhere else. */
  static ArchRule onlyIn(String library, String... allowed) {
    return noClasses()
        .that(
            describe(
                "reside outside of " + List.of(allowed),
                (JavaClass type) -> !resideInAnyPackage(allowed).test(type)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  /** Only the actuation asks a cloud to change something. */
  static ArchRule cloudsAreChangedByActuationAlone() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.windlass.daemon.cloud..",
            "dev.windlass.provider..",
            "dev.windlass.simulations.cloud..")
        .should()
        .accessTargetWhere(
            describe(
                "changes a cloud",
                access ->
                    access
                            .getTargetOwner()
                            .isAssignableTo("dev.windlass.provider.spi.CloudProvider")
                        && Set.of("increase", "delete").contains(access.getName())));
  }
}
