package dev.windlass.gpu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.gpu.runtime.RuntimeChange.DropIn;
import dev.windlass.gpu.runtime.RuntimeChange.MainFile;
import dev.windlass.gpu.runtime.RuntimeChange.Refused;
import dev.windlass.gpu.runtime.RuntimeChange.Unchanged;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging the wish into containerd's configuration. */
class ContainerdMergeTest {
  private static final List<String> V2 =
      List.of("plugins", "io.containerd.grpc.v1.cri", "containerd", "runtimes");
  private static final String BINARY = RuntimeWish.USUAL.binary();

  @ParameterizedTest
  @CsvSource({"1.6.20, io.containerd.grpc.v1.cri", "2.1.4, io.containerd.cri.v1.runtime"})
  void addsOneHandlerLikeTheDefaultRuntimeToWhatContainerdWritesItself(
      String version, String plugin) {
    String before = Texts.named("containerd-" + version + "-default.toml");

    String after = mainFile(merge(version, before, before));

    assertThat(after).startsWith(before);
    List<String> runtimes = List.of("plugins", plugin, "containerd", "runtimes");
    Map<String, Object> all = Texts.tree(after).tableAt(runtimes);
    Map<String, Object> expected = TomlTree.asTable(all.get("runc"));
    Map<String, Object> options = TomlTree.asTable(expected.get("options"));
    options.put("BinaryName", BINARY);
    expected.put("options", options);
    assertThat(all).containsOnlyKeys("runc", "nvidia").containsEntry("nvidia", expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.6.20", "2.1.4"})
  void changesNothingAfterContainerdHasReadTheMerge(String version) {
    String before = Texts.named("containerd-" + version + "-default.toml");
    String written = mainFile(merge(version, before, before));
    String read = Texts.named("containerd-" + version + "-merged.dump.toml");

    RuntimeChange again = merge(version, written, read);

    assertThat(again).isEqualTo(new Unchanged());
    assertThat(again.needsReload()).isFalse();
    assertThat(Texts.tree(written).tableAt(List.of("plugins")))
        .isEqualTo(Texts.tree(read).tableAt(List.of("plugins")));
  }

  @Test
  void repeatsTheWholeCriSectionInTheDropInOfAnOldContainerd() {
    RuntimeChange change = merge("1.6.20", user(), dump("1.6.20-user"));

    List<String> cri = List.of("plugins", "io.containerd.grpc.v1.cri");
    assertThat(change.needsReload()).isTrue();
    assertThat(Texts.tree(dropIn(change)).tableAt(cri))
        .isEqualTo(Texts.tree(dump("1.6.20-user-merged")).tableAt(cri))
        .containsEntry("sandbox_image", "example.org/pause:9");
    assertThat(merge("1.6.20", user(), dump("1.6.20-user-merged"))).isEqualTo(new Unchanged());
  }

  @Test
  void namesOnlyWhatIsNewInTheDropInOfAContainerdThatMergesTables() {
    RuntimeChange change = merge("2.1.4", user(), dump("2.1.4-user"));

    assertThat(dropIn(change))
        .isEqualTo(
            """
            # NVIDIA's runtime handler; written by Windlass.
            version = 2

            [plugins."io.containerd.grpc.v1.cri"]
              enable_cdi = true

            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nvidia]
              runtime_type = "io.containerd.runc.v2"

            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nvidia.options]
              BinaryName = "/usr/local/nvidia/toolkit/nvidia-container-runtime"
              SystemdCgroup = true
            """);
    assertThat(merge("2.1.4", user(), dump("2.1.4-user-merged"))).isEqualTo(new Unchanged());
  }

  @Test
  void keepsTheUsersTextCommentsAndRuntimesInTheMainFile() {
    String before = user().replaceAll("imports.*\n", "");

    String after = mainFile(merge("1.7.22", before, ""));

    assertThat(after.lines().filter(line -> !line.contains("enable_cdi")))
        .startsWith(before.lines().toArray(String[]::new));
    assertThat(Texts.tree(after).tableAt(V2)).containsOnlyKeys("kata", "runc", "nvidia");
    assertThat(after).contains("cri\"]\n  enable_cdi = true\n    sandbox_image");
  }

  @Test
  void turnsCdiOnInPlaceAndKeepsTheCommentBehindIt() {
    String before =
        """
        version = 2
        [plugins."io.containerd.grpc.v1.cri"]
        enable_cdi = false # for now
        """;

    assertThat(mainFile(merge("1.7.22", before, ""))).contains("\nenable_cdi = true # for now\n");
    assertThat(mainFile(merge("1.6.20", before, ""))).contains("\nenable_cdi = false # for now\n");
  }

  @Test
  void namesTheBuiltInRuntimeWhichContainerdDropsOnceAnotherIsNamed() {
    for (String before : List.of("", "version = 2\n", "[plugins.cri]\n", "version = 3\n")) {
      String after = mainFile(merge(before.contains("3") ? "2.0.5" : "1.6.20", before, ""));

      assertThat(after)
          .as(before)
          .contains("containerd.runtimes.runc]\n")
          .endsWith(BINARY + "\"\n");
    }
  }

  @Test
  void keepsLineBreaksOfTheOtherKind() {
    String after = mainFile(merge("1.7.22", "version = 2\r\n[grpc]\r\ngid = 0", ""));

    assertThat(after).startsWith("version = 2\r\n[grpc]\r\ngid = 0\r\n\r\n");
    assertThat(after.replace("\r\n", "")).doesNotContain("\n");
  }

  @Test
  void acceptsAHandlerThatTheMachineImageBrings() {
    String text = runtime("nvidia", "/usr/bin/nvidia-container-runtime") + cdi(true);

    assertThat(merge("1.7.22", text, "")).isEqualTo(new Unchanged());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          version = 4                                                      | UNKNOWN_FORMAT        | 4
          version = "2"                                                    | UNKNOWN_FORMAT        | 2
          version = 2 = 3                                                  | INVALID_CONFIGURATION | line 1
          disabled_plugins = ["cri"]                                       | CRI_DISABLED          | [cri]
          plugins = {"io.containerd.grpc.v1.cri" = {}, x = 1}              | UNKNOWN_FORMAT        | version 1
          plugins.cri.sandbox_image = "mine"                               | UNKNOWN_FORMAT        | version 1
          """)
  void refusesWithItsCauseWhatContainerdTwoCannotUse(
      String text, RuntimeProblem problem, String detail) {
    assertThat(merge("2.1.4", text.strip(), ""))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.problem()).isEqualTo(problem);
              assertThat(refused.message()).contains(detail);
              assertThat(refused.needsReload()).isFalse();
            });
  }

  @Test
  void refusesAHandlerThatStartsAnotherProgram() {
    assertThat(problem(merge("1.7.22", runtime("nvidia", "/opt/mine"), "")))
        .isEqualTo(RuntimeProblem.HANDLER_TAKEN);
  }

  @Test
  void refusesADirectoryListThatLacksTheOneOfTheToolkit() {
    String text = "version = 2\n" + CRI + "cdi_spec_dirs = [\"/etc/cdi\"]\n";

    assertThat(problem(merge("1.7.22", text, ""))).isEqualTo(RuntimeProblem.CDI_DIRECTORY_MISSING);
    assertThat(mainFile(merge("1.6.20", text, ""))).startsWith(text);
  }

  @Test
  void refusesAnInlineTableInsteadOfRewritingIt() {
    String text = "version = 2\nplugins = { \"io.containerd.grpc.v1.cri\" = { a = 1 } }\n";

    assertThat(problem(merge("1.7.22", text, ""))).isEqualTo(RuntimeProblem.NOT_EDITABLE);
  }

  @Test
  void refusesToWriteAgainWhatAnImportUndoes() {
    String main = runtime("nvidia", BINARY) + cdi(true);
    String effective = "version = 2\n" + CRI;

    assertThat(problem(merge("1.7.22", main, effective))).isEqualTo(RuntimeProblem.OVERRIDDEN);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/containerd/conf.d/*.toml, true",
    "conf.d/*.toml, true",
    "/etc/containerd/conf.d/99-nvidia.toml, true",
    "/etc/containerd/conf.d/?9-*.toml, true",
    "/etc/containerd/*.toml, false",
    "/etc/containerd/conf.d/*.conf, false"
  })
  void writesADropInOnlyWhereTheMainFileImportsIt(String pattern, boolean imported) {
    String main = "version = 3\nimports = [\"" + pattern + "\"]\n";

    RuntimeChange change = merge("2.1.4", main, Texts.named("containerd-2.1.4-default.toml"));

    assertThat(change).isInstanceOf(imported ? DropIn.class : MainFile.class);
  }

  private static final String CRI = "[plugins.\"io.containerd.grpc.v1.cri\"]\n";

  private static String cdi(boolean enabled) {
    return CRI + "enable_cdi = " + enabled + "\n";
  }

  private static String runtime(String name, String binary) {
    return "version = 2\n[plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes."
        + name
        + ".options]\nBinaryName = '"
        + binary
        + "'\n";
  }

  private static RuntimeChange merge(String version, String main, String effective) {
    RuntimeVersion containerd = RuntimeVersion.parse(version).orElseThrow();
    return ContainerdMerge.merge(
        new ContainerdConfiguration(containerd, main, effective), RuntimeWish.USUAL);
  }

  private static String user() {
    return Texts.named("user-main.toml");
  }

  private static String dump(String name) {
    return Texts.named("containerd-" + name + ".dump.toml");
  }

  private static String mainFile(RuntimeChange change) {
    assertThat(change).isInstanceOf(MainFile.class);
    return change instanceof MainFile(String text) ? text : "";
  }

  private static String dropIn(RuntimeChange change) {
    assertThat(change).isInstanceOf(DropIn.class);
    return change instanceof DropIn(String text) ? text : "";
  }

  private static RuntimeProblem problem(RuntimeChange change) {
    assertThat(change).isInstanceOf(Refused.class);
    return change instanceof Refused refused ? refused.problem() : RuntimeProblem.UNKNOWN_RUNTIME;
  }
}
