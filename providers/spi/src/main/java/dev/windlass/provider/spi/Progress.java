package dev.windlass.provider.spi;

import dev.windlass.core.model.CloudFailure;

/** How far an operation of a cloud is. */
public sealed interface Progress {
  /** Not done yet. */
  record Running() implements Progress {}

  /** Done. What it brought is seen in the group. */
  record Succeeded() implements Progress {}

  /** Ended, perhaps after a part of it was done. */
  record Failed(CloudFailure failure) implements Progress {}

  /** The cloud does not know the operation any more: what it brought is seen in the group. */
  record Forgotten() implements Progress {}
}
