package dev.windlass.provider.testkit.aws;

import java.util.List;
import java.util.function.Function;

/** The answers' XML. */
final class Xml {
  static final String REQUEST_ID = "00000000-0000-4000-8000-000000000001";

  private Xml() {}

  static String element(String name, Object text) {
    return "<" + name + ">" + escape(text.toString()) + "</" + name + ">";
  }

  static <T> String list(String name, String itemName, List<T> items, Function<T, String> content) {
    StringBuilder xml = new StringBuilder("<" + name + ">");
    for (T item : items) {
      xml.append("<").append(itemName).append(">").append(content.apply(item));
      xml.append("</").append(itemName).append(">");
    }
    return xml.append("</").append(name).append(">").toString();
  }

  /** An answer of the Query protocol. */
  static String queryAnswer(String action, String result) {
    return ("<" + action + "Response xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">")
        + ("<" + action + "Result>" + result + "</" + action + "Result>")
        + ("<ResponseMetadata>" + element("RequestId", REQUEST_ID) + "</ResponseMetadata>")
        + ("</" + action + "Response>");
  }

  /** An answer of the EC2 protocol. */
  static String ec2Answer(String action, String result) {
    return ("<" + action + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">")
        + (element("requestId", REQUEST_ID) + result + "</" + action + "Response>");
  }

  static String error(String service, AwsFault.Refusal refusal) {
    String error =
        "<Error>"
            + element("Type", refusal.status() < 500 ? "Sender" : "Receiver")
            + element("Code", refusal.code())
            + element("Message", refusal.message())
            + "</Error>";
    return service.equals("ec2")
        ? "<Response><Errors>"
            + error
            + "</Errors>"
            + element("RequestID", REQUEST_ID)
            + "</Response>"
        : "<ErrorResponse>" + error + element("RequestId", REQUEST_ID) + "</ErrorResponse>";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
