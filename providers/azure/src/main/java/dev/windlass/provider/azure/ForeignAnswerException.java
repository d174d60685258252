package dev.windlass.provider.azure;

import java.io.Serial;

/** Something between Azure and here has answered in its place: nobody knows what was done. */
final class ForeignAnswerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ForeignAnswerException(int status) {
    super("the answer, status " + status + ", is not one of Azure");
  }
}
