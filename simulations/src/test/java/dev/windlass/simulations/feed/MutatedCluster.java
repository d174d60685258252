package dev.windlass.simulations.feed;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A small cluster of many kinds, of which most objects have been changed. */
final class MutatedCluster {
  private static final String TEMPLATES = "/feed/cluster.yaml";
  private static final int COPIES = 30;
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, List<String>> objects = new LinkedHashMap<>();

  MutatedCluster(long seed) {
    Random random = new Random(seed);
    Mutations mutations = new Mutations(seed);
    InputStream templates =
        Objects.requireNonNull(MutatedCluster.class.getResourceAsStream(TEMPLATES));
    try (MappingIterator<ObjectNode> documents =
        YAMLMapper.shared().readerFor(ObjectNode.class).readValues(templates)) {
      while (documents.hasNext()) {
        ObjectNode template = documents.next();
        String path = template.remove("path").asString();
        for (int copy = 0; copy < COPIES; copy++) {
          ObjectNode object = named(template, copy);
          if (random.nextInt(4) > 0) {
            mutations.apply(object);
          }
          objects
              .computeIfAbsent(path, _ -> new ArrayList<>())
              .add(JSON.writeValueAsString(object));
        }
      }
    }
  }

  /** {@code #} in any text stands for the copy's number. */
  private static ObjectNode named(ObjectNode template, int copy) {
    String text = JSON.writeValueAsString(template).replace("#", Integer.toString(copy));
    return (ObjectNode) JSON.readTree(text);
  }

  List<Feed> feeds() {
    List<Feed> feeds = new ArrayList<>();
    objects.forEach((path, list) -> feeds.add(new Feed(path, list.size(), list::get)));
    return feeds;
  }

  /** How many objects of a kind there are. */
  int count(String path) {
    return objects.getOrDefault(path, List.of()).size();
  }
}
