package dev.windlass.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page keeps its budget and does nothing that its own security policy forbids. */
class DashboardPageTest {
  private static final String[] FILES = {
    "index.html",
    "favicon.svg",
    "dashboard.css",
    "dashboard.js",
    "api.js",
    "charts.js",
    "dom.js",
    "sections.js"
  };
  private static final int MAX_BYTES = 60_000;
  private static final Pattern ID_USED = Pattern.compile("\\$\\('([a-z-]+)'\\)|fill\\('([a-z-]+)'");

  private static byte[] bytes(String file) {
    try (InputStream in = HttpEndpoints.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("no " + file);
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  @Test
  void staysWithinItsBudget() {
    int sum = 0;
    for (String file : FILES) {
      sum += bytes(file).length;
    }
    assertThat(sum).isLessThanOrEqualTo(MAX_BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "dashboard.css",
        "dashboard.js",
        "api.js",
        "charts.js",
        "dom.js",
        "sections.js"
      })
  void loadsNothingFromElsewhere(String file) {
    String names = text(file).replace("http://www.w3.org/2000/svg", "");
    assertThat(names).doesNotContainPattern("https?:|//[a-z0-9]+\\.[a-z]|@import|url\\((?!#)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dashboard.js", "api.js", "charts.js", "dom.js", "sections.js"})
  void makesNoCodeOrStyleFromText(String file) {
    assertThat(text(file))
        .doesNotContainPattern(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function"
                + "|setAttribute\\('style|\\bstyle:|\\.style\\b|localStorage|sessionStorage|cookie");
  }

  @Test
  void hasNoInlineCodeOrStyle() {
    assertThat(text("index.html"))
        .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]* src=)|javascript:");
  }

  @Test
  void hasEveryElementThatItsCodeNames() {
    String html = text("index.html");
    String code = text("dashboard.js") + text("sections.js");
    Matcher used = ID_USED.matcher(code);
    int found = 0;
    while (used.find()) {
      String id = used.group(1) == null ? used.group(2) : used.group(1);
      boolean made =
          code.contains("id: '" + id + "'") || id.startsWith("r-") || id.startsWith("b-");
      assertThat(made || html.contains("id=\"" + id + "\"")).as(id).isTrue();
      found++;
    }
    assertThat(found).isGreaterThan(20);
  }
}
