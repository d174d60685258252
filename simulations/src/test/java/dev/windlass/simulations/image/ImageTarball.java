package dev.windlass.simulations.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The image as its build leaves it.
 *
 * @param file the tarball
 * @param folder its files, unpacked
 * @param settings what a container starts with: user, entry point and so on
 * @param layers the layers' files, the lowest first
 */
record ImageTarball(Path file, Path folder, JsonNode settings, List<Path> layers) {
  private static final Path BUILT = Path.of("..", "deploy", "target", "windlass-image.tar");

  ImageTarball {
    layers = List.copyOf(layers);
  }

  /** What one layer says about one of its files: mode, owner and name. */
  record Entry(String mode, String owner, String name) {
    boolean executable() {
      return mode.startsWith("-") && mode.contains("x");
    }
  }

  static ImageTarball unpacked(Path folder) throws IOException {
    if (!Files.exists(BUILT)) {
      throw new IllegalStateException(
          "no image: build it first with ./mvnw -Pimage -pl deploy -am package");
    }
    Path parts = Files.createDirectories(folder.resolve("image"));
    Programs.output("tar", "-xf", BUILT.toString(), "-C", parts.toString());
    JsonMapper json = new JsonMapper();
    JsonNode manifest = json.readTree(parts.resolve("manifest.json").toFile()).get(0);
    List<Path> layers = new ArrayList<>();
    manifest.get("Layers").forEach(each -> layers.add(parts.resolve(each.asString())));
    JsonNode settings = json.readTree(parts.resolve(manifest.get("Config").asString()).toFile());
    return new ImageTarball(BUILT, parts, settings, layers);
  }

  /** One word or several of what a container starts with. */
  List<String> setting(String name) {
    JsonNode found = settings.get("config").get(name);
    return found.isArray()
        ? found.valueStream().map(JsonNode::asString).toList()
        : List.of(found.asString());
  }

  /** Every file and folder of every layer. */
  List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path layer : layers) {
      Programs.output("tar", "-tvzf", layer.toString())
          .lines()
          .map(line -> line.split("\\s+", 6))
          .forEach(words -> entries.add(new Entry(words[0], words[1], words[5])));
    }
    return entries;
  }

  /** The root that a container of it sees, with the mount points that its runtime makes. */
  Path root(List<String> mountPoints) throws IOException {
    Path root = Files.createDirectories(folder.resolveSibling("root"));
    for (Path layer : layers) {
      Programs.output("tar", "-xzf", layer.toString(), "-C", root.toString());
    }
    for (String each : mountPoints) {
      Files.createDirectories(root.resolve(each.substring(1)));
    }
    return root;
  }
}
