package dev.windlass.daemon.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;

/**
 * Counts what an evaluation costs and ends it at the bound: one for each step and a tenth for each
 * character of a string that comes out, which is how Kubernetes counts most of its steps.
 */
final class Cost implements CelEvaluationListener {
  /** Source: Kubernetes, CELSelectorExpressionMaxCost. */
  static final long MAX = 1_000_000;

  private static final int CHARACTERS_PER_UNIT = 10;

  private long spent;

  /** Thrown at the bound. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException() {
      super("the expression costs more than " + MAX + " units, the most that it may");
    }
  }

  @Override
  public void callback(CelExpr expression, Object result) {
    spent++;
    if (result instanceof CharSequence text) {
      spent += text.length() / CHARACTERS_PER_UNIT;
    }
    if (spent > MAX) {
      throw new ExceededException();
    }
  }
}
