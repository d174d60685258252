package dev.windlass.daemon.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads objects of which a part can't be read: a value that a newer API has defined, a field that
 * it has added to a kind of ours. That part is left out and the object marked, so that one object
 * does not take the list that it comes in with it.
 */
final class TolerantReading {
  /** On the object in memory, never in the cluster: what could not be read. */
  private static final String UNREADABLE = "windlass.dev/unreadable";

  private static final int MAX_PARTS_LEFT_OUT = 50;

  private TolerantReading() {}

  /** For a client. */
  static KubernetesSerialization serialization() {
    SimpleModule module = new SimpleModule("tolerant-reading");
    module.setDeserializerModifier(new Modifier());
    return new KubernetesSerialization(new ObjectMapper().registerModule(module), true);
  }

  /** What of an object could not be read, if something could not. */
  static Optional<String> problem(HasMetadata object) {
    Map<String, String> annotations =
        object.getMetadata() == null ? null : object.getMetadata().getAnnotations();
    return annotations == null
        ? Optional.empty()
        : Optional.ofNullable(annotations.get(UNREADABLE));
  }

  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
      return HasMetadata.class.isAssignableFrom(bean.getBeanClass())
          ? new Tolerant(deserializer)
          : deserializer;
    }
  }

  private static final class Tolerant extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    Tolerant(JsonDeserializer<?> strict) {
      super(strict);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> strict) {
      return new Tolerant(strict);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      TokenBuffer buffer = context.bufferForInputBuffering(parser);
      buffer.copyCurrentStructure(parser);
      try {
        return super.deserialize(buffer.asParserOnFirstToken(), context);
      } catch (JsonMappingException failure) {
        JsonNode tree = context.readTree(buffer.asParserOnFirstToken());
        return salvaged((ObjectNode) tree, failure, context);
      }
    }

    private Object salvaged(
        ObjectNode tree, JsonMappingException first, DeserializationContext context)
        throws IOException {
      String problem = sentence(first);
      JsonMappingException failure = first;
      for (int left = MAX_PARTS_LEFT_OUT; left > 0 && leftOut(tree, failure.getPath()); left--) {
        try (JsonParser parser = tree.traverse(context.getParser().getCodec())) {
          parser.nextToken();
          Object object = super.deserialize(parser, context);
          mark((HasMetadata) object, problem);
          return object;
        } catch (JsonMappingException next) {
          failure = next;
        }
      }
      throw first;
    }

    /** Removes what a path leads to; the metadata must be as they are. */
    private static boolean leftOut(JsonNode tree, List<JsonMappingException.Reference> path) {
      JsonNode parent = tree;
      JsonNode holder = null;
      JsonMappingException.Reference last = null;
      int depth = 0;
      for (JsonMappingException.Reference each : path) {
        JsonNode next =
            each.getFieldName() == null
                ? parent.get(each.getIndex())
                : parent.get(each.getFieldName());
        if (next == null) {
          break;
        }
        holder = parent;
        last = each;
        depth++;
        parent = next;
      }
      if (last == null || (depth == 1 && "metadata".equals(last.getFieldName()))) {
        return false;
      }
      return switch (holder) {
        case ObjectNode object -> object.remove(last.getFieldName()) != null;
        case ArrayNode array -> array.remove(last.getIndex()) != null;
        case null, default -> false;
      };
    }

    private static void mark(HasMetadata object, String problem) {
      Map<String, String> annotations = new HashMap<>();
      if (object.getMetadata().getAnnotations() != null) {
        annotations.putAll(object.getMetadata().getAnnotations());
      }
      annotations.put(UNREADABLE, problem);
      object.getMetadata().setAnnotations(annotations);
    }

    private static String sentence(JsonMappingException failure) {
      StringBuilder where = new StringBuilder();
      for (JsonMappingException.Reference each : failure.getPath()) {
        if (each.getFieldName() == null) {
          where.append('[').append(each.getIndex()).append(']');
        } else {
          where.append(where.isEmpty() ? "" : ".").append(each.getFieldName());
        }
      }
      return where + " can't be read: " + failure.getOriginalMessage();
    }
  }
}
