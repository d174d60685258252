package dev.windlass.gpu.runtime;

import dev.windlass.gpu.runtime.RuntimeChange.DropIn;
import dev.windlass.gpu.runtime.RuntimeChange.MainFile;
import dev.windlass.gpu.runtime.RuntimeChange.Refused;
import dev.windlass.gpu.runtime.RuntimeChange.Unchanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Merges a wish into containerd's configuration of version 1, 2 or 3. A second run over its own
 * result changes nothing. The default runtime, other runtimes and every other setting stay.
 */
public final class ContainerdMerge {
  /** The main file of containerd's packages. */
  public static final String MAIN_FILE = "/etc/containerd/config.toml";

  /** The drop-in; NVIDIA's toolkit writes the same one. */
  public static final String DROP_IN = "/etc/containerd/conf.d/99-nvidia.toml";

  private static final String PREAMBLE = "# NVIDIA's runtime handler; written by Windlass.\n";

  private ContainerdMerge() {}

  /** What must be written, if anything. */
  public static RuntimeChange merge(ContainerdConfiguration configuration, RuntimeWish wish) {
    RuntimeWish fitting =
        new RuntimeWish(wish.handler(), wish.binary(), wish.cdi() && configuration.readsCdi());
    String effective =
        configuration.isEffectiveKnown() ? configuration.effective() : configuration.mainFile();
    return switch (Document.read(configuration.mainFile(), configuration.version())) {
      case Outcome.Bad(Refused refused) -> refused;
      case Outcome.Good(Document main) ->
          switch (Document.read(effective, configuration.version())) {
            case Outcome.Bad(Refused refused) -> refused;
            case Outcome.Good(Document whole) -> decide(configuration, main, whole, fitting);
          };
    };
  }

  private static RuntimeChange decide(
      ContainerdConfiguration configuration, Document main, Document whole, RuntimeWish wish) {
    Optional<Refused> problem =
        whole.handler(wish).problem().or(() -> main.handler(wish).problem());
    if (problem.isPresent()) {
      return problem.get();
    }
    if (main.isStated()
        && main.format() == ContainerdFormat.V1
        && configuration.ignoresVersion1()) {
      return new Refused(
          RuntimeProblem.UNKNOWN_FORMAT, "containerd 2 drops the CRI settings of a version 1 file");
    }
    if (whole.isStated() && whole.handler(wish).missing(whole.tree()).isEmpty()) {
      return new Unchanged();
    }
    if (main.imports(DROP_IN) && configuration.mergesImportedTables()) {
      return smallDropIn(main, whole, wish);
    }
    if (main.imports(DROP_IN) && configuration.isEffectiveKnown()) {
      return wholeDropIn(whole, wish);
    }
    return mainFile(configuration.mainFile(), main, whole, wish);
  }

  private static RuntimeChange mainFile(
      String text, Document main, Document whole, RuntimeWish wish) {
    List<TomlSetting> missing = main.handler(wish).missing(source(main, whole));
    if (missing.isEmpty()) {
      return new Refused(
          RuntimeProblem.OVERRIDDEN, "the main file has runtime " + wish.handler() + " already");
    }
    List<TomlSetting> settings = new ArrayList<>();
    if (!main.isStated()) {
      settings.add(version(main));
    }
    settings.addAll(missing);
    return TomlEdit.apply(text, main.tree(), settings)
        .<RuntimeChange>map(MainFile::new)
        .orElseGet(() -> notEditable(missing));
  }

  private static RuntimeChange smallDropIn(Document main, Document whole, RuntimeWish wish) {
    Document like = main.format() == whole.format() ? whole : main;
    List<TomlSetting> missing = like.handler(wish).missing(like.tree());
    List<TomlSetting> settings = new ArrayList<>(List.of(version(like)));
    settings.addAll(missing);
    return TomlEdit.apply("", new TomlTree(Map.of()), settings)
        .<RuntimeChange>map(text -> new DropIn(PREAMBLE + text))
        .orElseGet(() -> notEditable(missing));
  }

  /** Before 2.1 an imported CRI section replaces the other one, so it must hold everything. */
  private static RuntimeChange wholeDropIn(Document whole, RuntimeWish wish) {
    List<TomlSetting> missing = whole.handler(wish).missing(whole.tree());
    Optional<TomlTree> result = Optional.of(whole.tree());
    for (TomlSetting setting : missing) {
      result = result.flatMap(tree -> tree.with(setting));
    }
    List<String> cri = whole.format().cri();
    String start = PREAMBLE + TomlWriter.assignment("version", whole.format().number()) + "\n";
    return result
        .<RuntimeChange>map(tree -> new DropIn(start + TomlWriter.section(cri, tree.tableAt(cri))))
        .orElseGet(() -> notEditable(missing));
  }

  private static TomlSetting version(Document document) {
    return new TomlSetting(List.of(), "version", document.format().number());
  }

  /** The fullest document that names things as the main file does. */
  private static TomlTree source(Document main, Document whole) {
    return main.format() == whole.format() ? whole.tree() : main.tree();
  }

  private static Refused notEditable(List<TomlSetting> missing) {
    TomlSetting last = missing.getLast();
    return new Refused(
        RuntimeProblem.NOT_EDITABLE,
        last.key() + " does not fit into " + String.join(" / ", last.table()));
  }

  private sealed interface Outcome {
    record Good(Document document) implements Outcome {}

    record Bad(Refused refused) implements Outcome {}
  }

  /** A document and its version. */
  private record Document(TomlTree tree, ContainerdFormat format) {
    static Outcome read(String text, RuntimeVersion containerd) {
      return switch (TomlTree.read(text)) {
        case TomlTree.Reading.Invalid(String message) ->
            new Outcome.Bad(new Refused(RuntimeProblem.INVALID_CONFIGURATION, message));
        case TomlTree.Reading.Read(TomlTree tree) ->
            (tree.root().isEmpty()
                    ? Optional.of(ContainerdFormat.newest(containerd))
                    : ContainerdFormat.of(tree))
                .<Outcome>map(format -> new Outcome.Good(new Document(tree, format)))
                .orElseGet(() -> new Outcome.Bad(unknown(tree)));
      };
    }

    private static Refused unknown(TomlTree tree) {
      return new Refused(
          RuntimeProblem.UNKNOWN_FORMAT, "the file's version is " + tree.root().get("version"));
    }

    boolean isStated() {
      return !tree.root().isEmpty();
    }

    ContainerdHandler handler(RuntimeWish wish) {
      return new ContainerdHandler(tree, format, wish);
    }

    boolean imports(String file) {
      return format.hasImports()
          && tree.textsAt(List.of(), "imports").stream()
              .flatMap(List::stream)
              .anyMatch(pattern -> covers(pattern, file));
    }

    private static boolean covers(String pattern, String file) {
      String absolute = pattern.startsWith("/") ? pattern : "/etc/containerd/" + pattern;
      String expression =
          Pattern.quote(absolute).replace("*", "\\E[^/]*\\Q").replace("?", "\\E[^/]\\Q");
      return file.matches(expression);
    }
  }
}
