package dev.windlass.provider.spi;

import dev.windlass.core.model.CloudFailure;

/** What became of one machine that was to be deleted. */
public sealed interface Deletion {
  /** The cloud deletes it. */
  record Accepted() implements Deletion {}

  /** It was being deleted already. */
  record AlreadyDeleting() implements Deletion {}

  /** There is no such machine any more, or another incarnation is in its place. */
  record Gone() implements Deletion {}

  /** The cloud keeps it: protected, on standby, held by a hook, or the group is at its minimum. */
  record Kept(String why) implements Deletion {}

  /** The cloud refused this one. */
  record Failed(CloudFailure failure) implements Deletion {}
}
