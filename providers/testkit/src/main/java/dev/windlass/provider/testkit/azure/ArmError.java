package dev.windlass.provider.testkit.azure;

/**
 * An error in Resource Manager's words.
 *
 * @param status the HTTP status it comes with
 * @param code its code
 * @param message its text
 */
record ArmError(int status, String code, String message) {
  static final ArmError PREEMPTED =
      new ArmError(
          409, "OperationPreempted", "Operation execution has been preempted by a more recent one");

  static ArmError notFound(String what) {
    return new ArmError(
        404, "ResourceNotFound", "The Resource '" + what + "' was not found. Check the name.");
  }

  static ArmError etag(String given, String current) {
    return new ArmError(
        412,
        "PreconditionFailed",
        "The precondition given in one of the request headers evaluated to false: "
            + given
            + " is not "
            + current);
  }
}
