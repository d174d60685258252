package dev.windlass.daemon.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceSelector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Turns CEL expressions into selectors of devices. Each expression is compiled once; one that
 * Kubernetes would refuse becomes a selector that says so. Safe for many threads.
 */
public final class DeviceExpressions implements Function<String, DeviceSelector> {
  /** All that the process uses: environments are costly to make and hold nothing of a cluster. */
  public static final DeviceExpressions SHARED = new DeviceExpressions();

  /** Far more than any cluster has; beyond, all are compiled anew. */
  private static final int MAX_KNOWN = 10_000;

  private final Map<String, DeviceSelector> known = new ConcurrentHashMap<>();

  /** Made when the first expression comes. */
  private static final class Lazy {
    private static final CelEnvironment ENVIRONMENT = new CelEnvironment();
  }

  @Override
  public DeviceSelector apply(String expression) {
    if (known.size() > MAX_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(expression, DeviceExpressions::compile);
  }

  private static DeviceSelector compile(String expression) {
    if (expression.length() > CelEnvironment.MAX_LENGTH) {
      return new DeviceSelector.Invalid(
          expression.substring(0, 40) + "…",
          "an expression has at most " + CelEnvironment.MAX_LENGTH + " characters");
    }
    CelValidationResult result = Lazy.ENVIRONMENT.compiler.compile(expression);
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      if (!tree.getResultType().equals(SimpleType.BOOL)
          && !tree.getResultType().equals(SimpleType.DYN)) {
        return new DeviceSelector.Invalid(
            expression, "must evaluate to bool, not " + tree.getResultType().name());
      }
      return new Compiled(expression, Lazy.ENVIRONMENT.runtime.createProgram(tree));
    } catch (CelValidationException | CelEvaluationException invalid) {
      return new DeviceSelector.Invalid(expression, firstLine(invalid));
    }
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** A selector is its expression, whoever compiled it. */
  private record Compiled(String expression, CelRuntime.Program program) implements DeviceSelector {
    @Override
    public Verdict ask(String driver, Device device) {
      try {
        Map<String, ?> variables = Map.of("device", DeviceFields.of(driver, device));
        Object result = program.trace(variables, new Cost());
        if (result instanceof Boolean matches) {
          return matches ? Verdict.MATCH : Verdict.NO_MATCH;
        }
        return new Verdict.Failed("the expression gives no bool but " + result);
      } catch (CelEvaluationException | IllegalArgumentException | Cost.ExceededException failure) {
        return new Verdict.Failed(firstLine(failure));
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Compiled compiled && compiled.expression.equals(expression);
    }

    @Override
    public int hashCode() {
      return expression.hashCode();
    }
  }
}
