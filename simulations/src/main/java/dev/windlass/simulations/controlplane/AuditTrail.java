package dev.windlass.simulations.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one user asked of a real API server, from the server's own audit log. */
public final class AuditTrail {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path policy;
  private final Path log;

  /**
   * One call that was answered.
   *
   * @param verb as rights name it
   * @param group the API group
   * @param resource its plural, with the subresource after a slash
   * @param namespace or empty
   * @param name or empty
   * @param status the HTTP status
   */
  public record Call(
      String verb, String group, String resource, String namespace, String name, int status) {}

  private AuditTrail(Path policy, Path log) {
    this.policy = policy;
    this.log = log;
  }

  /** A trail of this user, in files of this folder. */
  public static AuditTrail of(String user, Path folder) {
    AuditTrail trail =
        new AuditTrail(folder.resolve("audit-policy.yaml"), folder.resolve("audit.log"));
    try {
      Files.writeString(
          trail.policy,
          """
          apiVersion: audit.k8s.io/v1
          kind: Policy
          omitStages: [RequestReceived]
          rules:
            - level: Metadata
              users: ["%s"]
            - level: None
          """
              .formatted(user));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
    return trail;
  }

  /** With what kube-apiserver is to be started. */
  public String[] arguments() {
    return new String[] {
      "--audit-policy-file=" + policy, "--audit-log-path=" + log, "--audit-log-mode=blocking"
    };
  }

  /** Everything until now. */
  public List<Call> calls() {
    try {
      return Files.readAllLines(log).stream()
          .map(JSON::readTree)
          .filter(event -> event.has("objectRef"))
          .map(AuditTrail::call)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Call call(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String resource = object.path("resource").asString("");
    String subresource = object.path("subresource").asString("");
    return new Call(
        event.path("verb").asString(""),
        object.path("apiGroup").asString(""),
        subresource.isEmpty() ? resource : resource + "/" + subresource,
        object.path("namespace").asString(""),
        object.path("name").asString(""),
        event.path("responseStatus").path("code").asInt(0));
  }
}
