package dev.windlass.core.replicas;

/** Amounts as users write them. */
final class Quantities {
  private Quantities() {}

  /** Thousandths as a Kubernetes quantity: {@code 1500} is {@code 1500m}, {@code 2000} is 2. */
  static String ofMilli(long milli) {
    return milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m";
  }

  static String ofPercent(int percent) {
    return percent + "%";
  }

  static long saturatedSum(long left, long right) {
    long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      return left < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }
}
