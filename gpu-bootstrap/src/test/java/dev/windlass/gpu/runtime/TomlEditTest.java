package dev.windlass.gpu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small changes of TOML texts. */
class TomlEditTest {
  private static final TomlSetting ON = new TomlSetting(List.of("a", "b c"), "on", true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[a.\"b c\"]\non = false\n",
        "[ a . 'b c' ] # here\n  on=false#off\n",
        "x = '''\n[a.\"b c\"]\n'''\n[a]\ny = [\n [1], # ]\n [2]]\n",
        "x = \"\"\"\\\"\"\"\"\n[[a.list]]\n[a.\"b c\".d]\n",
        "[a]\n\"b c\".z = 1 # dotted keys take no table header\n",
        "on = 1\n[a.\"b c\"]\nz = { on = 1 }",
        ""
      })
  void addsOrReplacesOnlyTheSetting(String text) {
    TomlTree tree = Texts.tree(text);

    Optional<String> edited = TomlEdit.apply(text, tree, List.of(ON));

    boolean dotted = text.contains("dotted");
    assertThat(edited.map(Texts::tree)).isEqualTo(dotted ? Optional.empty() : tree.with(ON));
  }

  @Test
  void meansTheSettingAndNothingElseInRandomTexts() {
    for (long seed = 0; seed < 500; seed++) {
      String text = randomText(new Random(seed));
      TomlTree tree = Texts.tree(text);

      Optional<String> edited = TomlEdit.apply(text, tree, List.of(ON));

      assertThat(edited.map(Texts::tree)).as("seed %d:%n%s", seed, text).isEqualTo(tree.with(ON));
      String twice =
          TomlEdit.apply(edited.orElseThrow(), tree.with(ON).orElseThrow(), List.of(ON))
              .orElseThrow();
      assertThat(twice).as("seed %d", seed).isEqualTo(edited.get());
    }
  }

  private static String randomText(Random random) {
    List<String> values =
        List.of(
            "1", "'[a]'", "\"# \\\" ]\"", "[1, # ]\n 2]", "{ on = 2 }", "'''\non = 1'''", "false");
    StringBuilder text = new StringBuilder();
    for (String header : List.of("", "[a]", "[a.\"b c\"]", "[a.\"b c\".on2]", "[other.'b c']")) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      text.append(" ".repeat(random.nextInt(3))).append(header).append(" # [a]\n");
      for (String key : List.of("x", "\"y z\"", "on")) {
        if (random.nextBoolean()) {
          String value = values.get(random.nextInt(values.size()));
          text.append("  ".repeat(random.nextInt(2)))
              .append(key)
              .append(random.nextBoolean() ? "=" : " = ");
          text.append(value).append(random.nextBoolean() ? " # end\n" : "\n\n");
        }
      }
    }
    return text.toString();
  }
}
