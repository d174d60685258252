package dev.windlass.provider.testkit.aws;

import java.util.Collection;
import java.util.function.Function;

/** The answers' XML. */
final class Xml {
  static final String REQUEST_ID = "00000000-0000-4000-8000-000000000001";

  private Xml() {}

  static String element(String name, Object text) {
    return wrap(name, escape(text.toString()));
  }

  static String wrap(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  static <T> String list(
      String name, String itemName, Collection<T> items, Function<T, String> content) {
    StringBuilder xml = new StringBuilder();
    items.forEach(item -> xml.append(wrap(itemName, content.apply(item))));
    return wrap(name, xml.toString());
  }

  static String texts(String name, String itemName, Collection<String> items) {
    return list(name, itemName, items, Xml::escape);
  }

  /** An answer of the Query protocol. */
  static String queryAnswer(String action, String result) {
    return ("<" + action + "Response xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">")
        + wrap(action + "Result", result)
        + wrap("ResponseMetadata", element("RequestId", REQUEST_ID))
        + ("</" + action + "Response>");
  }

  /** An answer of the EC2 protocol. */
  static String ec2Answer(String action, String result) {
    return ("<" + action + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">")
        + (element("requestId", REQUEST_ID) + result + "</" + action + "Response>");
  }

  static String error(String service, int status, String code, String message) {
    String error =
        wrap(
            "Error",
            element("Type", status < 500 ? "Sender" : "Receiver")
                + element("Code", code)
                + element("Message", message));
    return service.equals("ec2")
        ? wrap("Response", wrap("Errors", error) + element("RequestID", REQUEST_ID))
        : wrap("ErrorResponse", error + element("RequestId", REQUEST_ID));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
