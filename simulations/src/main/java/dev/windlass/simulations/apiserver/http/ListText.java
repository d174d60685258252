package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.ObjectReader;
import dev.windlass.simulations.apiserver.rest.Views;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lists as text, made of the texts of their objects. */
final class ListText {
  private ListText() {}

  static byte[] of(ResourceType type, ObjectReader.Page page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(
        out,
        "{\"kind\":\""
            + type.listKind()
            + "\",\"apiVersion\":\""
            + type.apiVersion()
            + "\",\"metadata\":");
    out.writeBytes(Json.bytes(ObjectReader.metadata(type, page)));
    write(out, ",\"items\":[");
    byte[] head =
        ("{\"kind\":\"" + type.kind() + "\",\"apiVersion\":\"" + type.apiVersion() + "\",")
            .getBytes(StandardCharsets.UTF_8);
    boolean first = true;
    for (StoredObject object : page.objects()) {
      if (!first) {
        out.write(',');
      }
      first = false;
      byte[] bytes = Views.bytes(type, object);
      boolean bare =
          !type.custom()
              && bytes.length > head.length
              && Arrays.equals(bytes, 0, head.length, head, 0, head.length);
      if (bare) {
        out.write('{');
        out.write(bytes, head.length, bytes.length - head.length);
      } else {
        out.writeBytes(bytes);
      }
    }
    write(out, "]}");
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
