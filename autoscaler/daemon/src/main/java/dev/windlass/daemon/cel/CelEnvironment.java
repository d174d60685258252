package dev.windlass.daemon.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.Optional;

/**
 * What expressions over devices may use: the variable {@code device} and the libraries of the
 * Kubernetes API, those for URLs, IP addresses, named formats, {@code find} and sums apart.
 */
final class CelEnvironment {
  /** Source: Kubernetes, CELSelectorExpressionMaxLength. */
  static final int MAX_LENGTH = 10 * 1024;

  private static final int MAX_DEPTH = 100;
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_DEPTH)
          .build();
  private static final StructType DEVICE =
      StructType.create(
          "kubernetes.DRADevice",
          ImmutableSet.of(
              DeviceFields.DRIVER,
              DeviceFields.SHARED,
              DeviceFields.ATTRIBUTES,
              DeviceFields.CAPACITY),
          CelEnvironment::field);

  final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .setTypeProvider(new DeviceTypes())
          .addVar("device", DEVICE)
          .addLibraries(
              CelExtensions.bindings(),
              CelExtensions.optional(),
              CelExtensions.strings(),
              CelExtensions.sets(OPTIONS),
              CelExtensions.lists(),
              CelExtensions.comprehensions())
          .addFunctionDeclarations(CelFunctions.DECLARATIONS)
          .build();

  /** Whether a domain is there is asked of {@link DomainMap} itself. */
  final CelRuntime runtime =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .setStandardEnvironmentEnabled(false)
          .setStandardFunctions(
              CelStandardFunctions.newBuilder()
                  .filterFunctions((_, overload) -> !overload.toString().equals("IN_MAP"))
                  .build())
          .addLibraries(
              CelExtensions.optional(),
              CelExtensions.strings(),
              CelExtensions.sets(OPTIONS),
              CelExtensions.lists(),
              CelExtensions.comprehensions())
          .addFunctionBindings(CelFunctions.BINDINGS)
          .build();

  private static Optional<CelType> field(String name) {
    return switch (name) {
      case DeviceFields.DRIVER -> Optional.of(SimpleType.STRING);
      case DeviceFields.SHARED -> Optional.of(SimpleType.BOOL);
      case DeviceFields.ATTRIBUTES -> Optional.of(byDomain(SimpleType.DYN));
      case DeviceFields.CAPACITY -> Optional.of(byDomain(CelFunctions.QUANTITY));
      default -> Optional.empty();
    };
  }

  private static CelType byDomain(CelType value) {
    return MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, value));
  }

  private static final class DeviceTypes implements CelTypeProvider {
    @Override
    public ImmutableList<CelType> types() {
      return ImmutableList.of(DEVICE);
    }

    @Override
    public Optional<CelType> findType(String name) {
      return name.equals(DEVICE.name()) ? Optional.of(DEVICE) : Optional.empty();
    }
  }
}
