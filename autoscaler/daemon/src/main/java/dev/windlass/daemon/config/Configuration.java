package dev.windlass.daemon.config;

import dev.windlass.core.model.Policy;
import dev.windlass.daemon.input.Document;
import dev.windlass.daemon.input.DocumentReader;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.daemon.resource.FieldProblem;
import dev.windlass.daemon.resource.Findings;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.daemon.resource.Suggestion;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A document {@code kind: Configuration}: the policy as a file. The daemon, {@code plan} and the
 * simulator read the same one. It is no resource of the cluster.
 */
public final class Configuration {
  /** Its kind. */
  public static final String KIND = "Configuration";

  private static final Set<String> TOP_LEVEL = Set.of("apiVersion", "kind", "metadata", "spec");

  private Configuration() {}

  /** Whether a document claims to be a Configuration of ours. */
  public static boolean is(Document document) {
    return document.kind().equals(KIND) && document.group().equals(CustomResourceDefinitions.GROUP);
  }

  /** Reads a Configuration; absent keys have their defaults. */
  public static Parsed<DaemonSettings> parse(JsonNode tree) {
    Findings findings = new Findings();
    checkHead(tree, findings);
    DaemonSettings settings =
        new SettingsReader(findings, new ArrayList<>()).read(tree.path("spec"));
    return findings.result(() -> settings);
  }

  /** What a file holds: settings, or its problems; never both. */
  public sealed interface FromFile {
    /** Valid settings. */
    record Settings(DaemonSettings settings) implements FromFile {}

    /** Everything that is wrong. */
    record Problems(List<Problem> problems) implements FromFile {
      public Problems {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads a file with exactly one Configuration. */
  public static FromFile load(String path, InputStream standardInput) {
    DocumentReader.Result read = new DocumentReader(standardInput).readAll(List.of(path));
    List<Problem> problems = new ArrayList<>(read.problems());
    List<Document> found = read.documents().stream().filter(Configuration::is).toList();
    if (problems.isEmpty() && found.size() != 1) {
      problems.add(
          new Problem(
              new Document.Place(path, 0, 0, 0),
              "",
              new FieldProblem(
                  "the file",
                  found.size() + " of them",
                  "one document of kind Configuration, apiVersion "
                      + CustomResourceDefinitions.API_VERSION)));
    }
    if (!problems.isEmpty()) {
      return new FromFile.Problems(problems);
    }
    return switch (parse(found.getFirst().tree())) {
      case Parsed.Ok<DaemonSettings> ok -> new FromFile.Settings(ok.value());
      case Parsed.Bad<DaemonSettings> bad ->
          new FromFile.Problems(Problem.of(found.getFirst(), bad));
    };
  }

  /** The policy alone, as {@code plan} and the simulator need it. */
  public static Parsed<Policy> policy(JsonNode tree) {
    return switch (parse(tree)) {
      case Parsed.Ok<DaemonSettings> ok -> new Parsed.Ok<>(ok.value().policy());
      case Parsed.Bad<DaemonSettings> bad -> new Parsed.Bad<>(bad.problems());
    };
  }

  /** Every key with its default, in the order in which they are read. */
  public static List<ConfigurationKey> keys() {
    List<ConfigurationKey> keys = new ArrayList<>();
    DaemonSettings defaults =
        new SettingsReader(new Findings(), keys).read(JsonNodeFactory.instance.missingNode());
    if (!defaults.equals(DaemonSettings.DEFAULT)) {
      throw new IllegalStateException("an empty Configuration is not the default one");
    }
    return keys;
  }

  private static void checkHead(JsonNode tree, Findings findings) {
    String version = tree.path("apiVersion").asString("");
    findings.require(
        version.equals(CustomResourceDefinitions.API_VERSION),
        "apiVersion",
        version,
        CustomResourceDefinitions.API_VERSION);
    String kind = tree.path("kind").asString("");
    findings.require(kind.equals(KIND), "kind", kind, KIND);
    for (String name : tree.propertyNames()) {
      if (!TOP_LEVEL.contains(name)) {
        findings.missing(name, Suggestion.expected(name, TOP_LEVEL));
      }
    }
  }
}
