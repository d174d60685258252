package dev.windlass.daemon.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReaderTest {
  private static DocumentReader.Result read(String text) {
    InputStream input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new DocumentReader(input).readAll(List.of("-"));
  }

  private static List<String> places(DocumentReader.Result result) {
    return result.documents().stream()
        .map(document -> document.place() + " " + document.kind() + " " + document.name())
        .toList();
  }

  @Test
  void documentsOfAFileHaveNumbersAndLines() {
    DocumentReader.Result result =
        read(
            """
            # a comment
            kind: A
            metadata: {name: one}
            ---
            # nothing here
            ---

            kind: B
            metadata:
              name: two
              text: |
                ---
                inside
            ...
            """);
    assertThat(result.problems()).isEmpty();
    assertThat(places(result)).containsExactly("-:2 document 1 A one", "-:8 document 2 B two");
  }

  @Test
  void listsAreTakenApart() {
    DocumentReader.Result result =
        read(
            """
            apiVersion: v1
            items:
              - {kind: A, metadata: {name: a}}
              - {kind: B, metadata: {name: b}}
            kind: List
            """);
    assertThat(places(result))
        .containsExactly("-:1 document 1 item 1 A a", "-:1 document 1 item 2 B b");
  }

  @Test
  void itemsOfATypedListInheritItsKindAndVersion() {
    DocumentReader.Result result =
        read(
            """
            {"kind": "PodMetricsList", "apiVersion": "metrics.k8s.io/v1beta1",
             "items": [{"metadata": {"name": "p", "namespace": "n"}}]}
            """);
    Document document = result.documents().getFirst();
    assertThat(document.kind()).isEqualTo("PodMetrics");
    assertThat(document.apiVersion()).isEqualTo("metrics.k8s.io/v1beta1");
    assertThat(document.group()).isEqualTo("metrics.k8s.io");
    assertThat(document.namespace()).isEqualTo("n");
  }

  @Test
  void metricValueListStaysWhole() {
    DocumentReader.Result result =
        read("{\"items\": [{\"value\": \"3\"}], \"kind\": \"MetricValueList\"}");
    assertThat(result.documents())
        .singleElement()
        .satisfies(
            document -> assertThat(document.tree().at("/items/0/value").asString()).isEqualTo("3"));
  }

  @Test
  void emptyListHoldsNothing() {
    DocumentReader.Result result = read("kind: List\napiVersion: v1\nitems: []\n");
    assertThat(result.documents()).isEmpty();
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void badDocumentDoesNotHideTheNext() {
    DocumentReader.Result result =
        read("kind: A\n---\nkind: [\n---\n- a list\n---\nkind: A\nkind: B\n---\nkind: Z\n");
    assertThat(places(result)).containsExactly("-:1 document 1 A ", "-:10 document 5 Z ");
    assertThat(result.problems())
        .extracting(problem -> problem.place().document())
        .containsExactly(2, 3, 4);
    assertThat(result.problems().getFirst().place().line()).isBetween(3, 5);
  }

  @Test
  void jsonObjectsMayFollowEachOther() {
    DocumentReader.Result result = read("{\"kind\": \"A\"}\n{\"kind\": \"B\"}\n{\"kind\": ");
    assertThat(result.documents()).extracting(Document::kind).containsExactly("A", "B");
    assertThat(result.problems()).hasSize(1);
  }

  @Test
  void foldersAreReadRecursivelyInTheOrderOfNames(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("b"));
    Files.writeString(folder.resolve("c.yaml"), "kind: C\n");
    Files.writeString(folder.resolve("b/b.json"), "{\"kind\": \"B\"}");
    Files.writeString(folder.resolve("a.yml"), "kind: A\n");
    Files.writeString(folder.resolve("notes.txt"), "not: {read");
    DocumentReader.Result result =
        new DocumentReader(InputStream.nullInputStream()).readAll(List.of(folder.toString()));
    assertThat(result.documents()).extracting(Document::kind).containsExactly("A", "B", "C");
  }

  @Test
  void missingFileAndEmptyFolderAreProblems(@TempDir Path folder) {
    List<Problem> problems =
        new DocumentReader(InputStream.nullInputStream())
            .readAll(List.of(folder.resolve("gone.yaml").toString(), folder.toString()))
            .problems();
    assertThat(problems).hasSize(2);
    assertThat(problems.getFirst().toString()).contains("gone.yaml", "that exists");
  }
}
