package dev.windlass.provider.testkit.gcp;

/** How many items a page holds at most, whatever is asked for. */
final class PageSize {
  private int largest;

  PageSize(int largest) {
    this.largest = largest;
  }

  void set(int items) {
    largest = items;
  }

  int largest() {
    return largest;
  }
}
