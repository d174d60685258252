package dev.windlass.provider.testkit.aws;

import dev.windlass.provider.testkit.aws.AwsRequest.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What EKS, the price list and Service Quotas answer. */
final class JsonActions {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The managed node groups, by {@code cluster/name}. */
  final Map<String, AwsNodegroup> nodegroups = new TreeMap<>();

  /** On-demand prices in dollars, by type. */
  final Map<String, String> prices = new TreeMap<>();

  /** Limits of vCPUs, by the code of the limit. */
  final Map<String, Integer> quotas = new TreeMap<>(usualQuotas());

  private static Map<String, Integer> usualQuotas() {
    return Map.of("L-1216C47A", 5_000, "L-34B43A08", 5_000, "L-DB2E81BA", 768, "L-417A185B", 768);
  }

  /** Two limits on a page. */
  String quotas(AwsRequest request) {
    if (!request.text("ServiceCode").equals("ec2")) {
      throw new RefusedException("NoSuchResourceException", "no service of this code");
    }
    Page<Map.Entry<String, Integer>> page = request.page(List.copyOf(quotas.entrySet()), 2);
    Map<String, Object> answer = new HashMap<>();
    answer.put("Quotas", page.items().stream().map(JsonActions::quota).toList());
    if (!page.next().isEmpty()) {
      answer.put("NextToken", page.next());
    }
    return JSON.writeValueAsString(answer);
  }

  private static Map<String, Object> quota(Map.Entry<String, Integer> quota) {
    return Map.of(
        "ServiceCode",
        "ec2",
        "QuotaCode",
        quota.getKey(),
        "QuotaName",
        "quota " + quota.getKey(),
        "Value",
        quota.getValue() + 0.0,
        "Unit",
        "None",
        "Adjustable",
        true);
  }

  String nodegroup(AwsRequest request) {
    String key = request.text("cluster") + "/" + request.text("nodegroup");
    AwsNodegroup nodegroup = nodegroups.get(key);
    if (nodegroup == null) {
      throw new RefusedException("ResourceNotFoundException", "No node group found for " + key);
    }
    Map<String, Object> content = new HashMap<>();
    content.put("nodegroupName", request.text("nodegroup"));
    content.put("clusterName", request.text("cluster"));
    content.put("status", nodegroup.status());
    content.put("labels", nodegroup.labels());
    content.put("taints", nodegroup.taints().stream().map(JsonActions::taint).toList());
    content.put("capacityType", "ON_DEMAND");
    content.put(
        "resources",
        Map.of("autoScalingGroups", List.of(Map.of("name", nodegroup.autoScalingGroup()))));
    content.put(
        "health",
        Map.of("issues", nodegroup.issues().entrySet().stream().map(this::issue).toList()));
    return JSON.writeValueAsString(Map.of("nodegroup", content));
  }

  private Map<String, Object> issue(Map.Entry<String, String> issue) {
    return Map.of(
        "code", issue.getKey(), "message", issue.getValue(), "resourceIds", List.of("asg"));
  }

  private static Map<String, String> taint(String taint) {
    String[] parts = taint.split("[=:]");
    return Map.of("key", parts[0], "value", parts[1], "effect", parts[2]);
  }

  /** The price list: each product is a text of JSON of its own. */
  String products(AwsRequest request) {
    List<String> list = new ArrayList<>();
    prices.forEach((type, price) -> {
      if (request.text("Filters").contains("\"" + type + "\"")) {
        list.add(product(type, price));
      }
    });
    return JSON.writeValueAsString(Map.of("FormatVersion", "aws_v1", "PriceList", list));
  }

  private static String product(String type, String price) {
    Map<String, Object> dimension =
        Map.of("unit", "Hrs", "pricePerUnit", Map.of("USD", price), "beginRange", "0");
    Map<String, Object> term =
        Map.of(
            "effectiveDate",
            "2026-01-01T00:00:00Z",
            "priceDimensions",
            Map.of("SKU.TERM.RATE", dimension));
    return JSON.writeValueAsString(
        Map.of(
            "product", Map.of("attributes", Map.of("instanceType", type)),
            "terms", Map.of("OnDemand", Map.of("SKU.TERM", term))));
  }
}
