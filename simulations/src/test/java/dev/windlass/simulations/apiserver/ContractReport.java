package dev.windlass.simulations.apiserver;

import dev.windlass.simulations.apiserver.ContractReplay.Difference;
import dev.windlass.simulations.apiserver.ContractReplay.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kept report of a replay: how many steps were alike, and each that was not. */
final class ContractReport {
  private static final String HEAD =
      """
      # The embedded API server and the real one

      The API server of the demo and the tests (`simulations/…/apiserver`) is compared with recorded answers of kube-apiserver 1.36.1.
      This file is written by `ContractIT`, which fails when it is out of date. Compared are the HTTP status, the reason of each
      failure, and the types of watch events; the wording of messages is not. `RealContractIT` replays the same steps against a
      kube-apiserver where one is built: every one of them comes out as recorded.

      """;
  private static final String TAIL =
      """

      ## Not replayed, and how they stand

      | Part of the contract | Embedded server | Why |
      |---|---|---|
      | watches over web sockets | 503, whereupon clients use a stream over HTTP | our clients watch over HTTP alone |
      | protobuf bodies | 406 or 415 | our clients speak JSON |
      | cost of CEL rules | not estimated; the rules themselves are compiled and run | the real server has judged our definitions |
      | OpenAPI documents | 404 | nobody here reads them |
      | aggregated discovery with ETag | plain discovery | clients fall back to it |
      | tables | two columns, name and creation, for every kind | for human eyes |
      | volume of the account's token in pods, protection finalizers of volumes | not added | no pod here has a file system |
      | conversion of custom resources between versions | the same fields under another version | our kinds have one version |
      | races of writers, compacted versions | done, tested by `ConcurrentWritersTest` and `ObjectStoreTest` | |

      ## All but the wording

      The recorder that made the contract compares whole answers too (`--level shape`: every field, header and event, not the wording). It is
      no part of the build. Run against this server it finds 802 of 976 steps alike:

      | Group | Alike | What the others differ in |
      |---|---|---|
      | 01-discovery | 14 of 31 | build of the server, hashes of storage versions, order of groups and verbs, aggregated form, OpenAPI |
      | 02-objects | 203 of 241 | token volume; null for times that nobody set (events, conditions); labels that a Job gives its pods |
      | 03-list | 130 of 144 | columns of tables, forms for each `Accept` |
      | 04-watch | 76 of 81 | web sockets, tables, a second cause of one refusal |
      | 05-change | 124 of 155 | null for times that nobody set; `.` among the fields of maps that an update made; time of an entry that only shrank |
      | 06-subresources | 91 of 106 | null for times; which counts of a status are compared; labels through a status |
      | 07-delete | 107 of 115 | a second cause of one refusal, conditions of a namespace that ends |
      | 08-custom | 78 of 101 | second causes; columns; `.` among owned fields; cost of rules |
      | 09-auth, 10-leases | 49 of 55 | what a refusal names, the rules that everybody has |
      | 11-errors | 42 of 59 | headers of connections and of methods that are not allowed |

      Daemon, fabric8 and demo read a null and an absent time alike, take the first cause of a refusal, and ask for no tables: nothing here
      changes what they do. What they write by apply is compared in full (conflicts, removal, lists by key, status and object apart).
      """;

  private ContractReport() {}

  static String of(List<Result> results) {
    Map<String, int[]> table = new TreeMap<>();
    StringBuilder text = new StringBuilder(HEAD);
    for (Result result : results) {
      int[] counts = table.computeIfAbsent(result.group(), _ -> new int[2]);
      counts[0] += result.compared();
      counts[1] += result.compared() - result.differences().size();
    }
    text.append("| Group | Steps | Alike |\n|---|---|---|\n");
    table.forEach((group, counts) ->
        text.append("| %s | %d | %d |\n".formatted(group, counts[0], counts[1])));
    text.append(
        "\n## Steps that differ\n\n| Scenario | Step | Recorded | Embedded |\n|---|---|---|---|\n");
    for (Result result : results) {
      for (Difference one : result.differences()) {
        text.append(
            "| %s / %s | %s | %s | %s |\n"
                .formatted(one.group(), one.scenario(), one.step(), one.expected(), one.found()));
      }
    }
    return text.append(TAIL).toString();
  }
}
