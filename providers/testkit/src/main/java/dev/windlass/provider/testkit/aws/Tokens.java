package dev.windlass.provider.testkit.aws;

import java.time.Duration;
import java.time.Instant;

/** STS: credentials for a token of a Kubernetes service account. */
final class Tokens {
  private Tokens() {}

  static String answer(AwsRequest request, Instant now) {
    if (!request.action().equals("AssumeRoleWithWebIdentity")) {
      throw new RefusedException("InvalidAction", "no action " + request.action());
    }
    String credentials =
        Xml.element("AccessKeyId", "of-" + request.text("RoleSessionName"))
            + Xml.element("SecretAccessKey", "secret")
            + Xml.element("SessionToken", "session")
            + Xml.element("Expiration", now.plus(Duration.ofHours(1)));
    return "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
        + Xml.wrap("AssumeRoleWithWebIdentityResult", Xml.wrap("Credentials", credentials))
        + Xml.wrap("ResponseMetadata", Xml.element("RequestId", Xml.REQUEST_ID))
        + "</AssumeRoleWithWebIdentityResponse>";
  }
}
