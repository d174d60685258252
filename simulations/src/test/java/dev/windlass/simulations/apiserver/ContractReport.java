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
