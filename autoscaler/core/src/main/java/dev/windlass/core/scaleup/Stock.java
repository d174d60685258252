package dev.windlass.core.scaleup;

/** How many more nodes a group may have. */
final class Stock {
  private int left;

  Stock(int left) {
    this.left = left;
  }

  int left() {
    return left;
  }

  void take(int nodes) {
    left -= nodes;
  }
}
