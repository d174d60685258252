package dev.windlass.gpu.facts;

import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.PciId;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads {@code nvidia-smi -q -x}, versions 11 to 13 of its document type. */
public final class NvidiaSmiXml {
  private static final String NO_EXTERNAL_DTD =
      "http://apache.org/xml/features/nonvalidating/load-external-dtd";

  private NvidiaSmiXml() {}

  /** The facts; empty when the text is not such a document. */
  public static Optional<GpuFacts> parse(String text) {
    int start = text.indexOf("<?xml");
    if (start < 0) {
      start = text.indexOf("<nvidia_smi_log");
    }
    return start < 0 ? Optional.empty() : root(text.substring(start)).flatMap(NvidiaSmiXml::facts);
  }

  private static Optional<Element> root(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_EXTERNAL_DTD, false);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return Optional.of(
          builder.parse(new InputSource(new StringReader(xml))).getDocumentElement());
    } catch (SAXException | IOException _) {
      return Optional.empty();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML parser lacks a feature it must have", e);
    }
  }

  private static Optional<GpuFacts> facts(Element root) {
    return DriverVersion.parse(text(root, "driver_version"))
        .map(driver ->
            new GpuFacts(
                driver, children(root, "gpu").stream().map(NvidiaSmiXml::device).toList()));
  }

  private static GpuFacts.Device device(Element gpu) {
    GpuFacts.State state =
        new GpuFacts.State(
            text(gpu, "mig_mode", "current_mig").equals("Enabled"),
            migDevices(gpu),
            fabric(gpu),
            uncorrectable(gpu));
    return new GpuFacts.Device(
        text(gpu, "product_name"),
        text(gpu, "uuid"),
        PciId.parse(deviceHalf(text(gpu, "pci", "pci_device_id"))).orElse(null),
        number(text(gpu, "fb_memory_usage", "total")),
        state);
  }

  /** The tool writes device and vendor as one number, 233010DE. */
  private static String deviceHalf(String id) {
    String digits = id.startsWith("0x") ? id.substring(2) : id;
    return digits.length() == 8 ? digits.substring(0, 4) : digits;
  }

  private static int migDevices(Element gpu) {
    return children(gpu, "mig_devices").stream()
        .mapToInt(devices -> children(devices, "mig_device").size())
        .sum();
  }

  private static String fabric(Element gpu) {
    String state = text(gpu, "fabric", "state");
    return state.equals("N/A") ? "" : state;
  }

  private static long uncorrectable(Element gpu) {
    long total = 0;
    for (Element errors : children(gpu, "ecc_errors")) {
      for (Element since : children(errors, "volatile")) {
        for (Node node = since.getFirstChild(); node != null; node = node.getNextSibling()) {
          boolean counts = node.getNodeName().contains("uncorrectable");
          total += counts ? number(node.getTextContent()) : 0;
        }
      }
    }
    return total;
  }

  /** The number that a text such as {@code 81559 MiB} begins with; zero for {@code N/A}. */
  private static long number(@Nullable String text) {
    String digits = text == null ? "" : text.strip().replaceFirst("^(\\d{1,15}).*$", "$1");
    return digits.matches("\\d{1,15}") ? Long.parseLong(digits) : 0;
  }

  private static String text(Element parent, String... path) {
    Element current = parent;
    for (String name : path) {
      List<Element> found = children(current, name);
      if (found.isEmpty()) {
        return "";
      }
      current = found.getFirst();
    }
    return current.getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
