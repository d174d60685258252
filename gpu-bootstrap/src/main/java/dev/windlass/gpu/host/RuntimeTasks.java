package dev.windlass.gpu.host;

import dev.windlass.gpu.host.HostPlan.Ask;
import dev.windlass.gpu.host.HostPlan.Refuse;
import dev.windlass.gpu.host.HostTask.Content;
import dev.windlass.gpu.host.HostTask.Work;
import dev.windlass.gpu.host.TaskEnd.RuntimeTexts;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.runtime.ContainerdConfiguration;
import dev.windlass.gpu.runtime.ContainerdMerge;
import dev.windlass.gpu.runtime.CrioMerge;
import dev.windlass.gpu.runtime.RuntimeChange;
import dev.windlass.gpu.runtime.RuntimeChoice;
import dev.windlass.gpu.runtime.RuntimeWish;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The runtime's tasks: NVIDIA's toolkit, a look at the configuration, at most one file. */
final class RuntimeTasks {
  /** Where the distributions' packages put it. */
  private static final String BINARY = "/usr/bin/nvidia-container-runtime";

  private final StackSettings stack;
  private final HostFacts facts;

  RuntimeTasks(StackSettings stack, HostFacts facts) {
    this.stack = stack;
    this.facts = facts;
  }

  HostPlan first(String id) {
    return switch (RuntimeChoice.of(facts.node())) {
      case RuntimeChoice.Impossible impossible ->
          new Refuse(impossible.problem().title(), impossible.message());
      case RuntimeChoice.LeftAlone _ -> leftAlone(id);
      case RuntimeChoice.Containerd _ -> toolkit(id, "containerd", false);
      case RuntimeChoice.Crio _ -> toolkit(id, "crio", false);
    };
  }

  /** The distribution writes the file; what it needs of us differs. */
  private HostPlan leftAlone(String id) {
    return switch (facts.operatingSystem()) {
      case "bottlerocket" ->
          new Ask(
              new HostTask(
                  id,
                  Work.BOTTLEROCKET,
                  new TreeMap<>(),
                  new Content.Settings(BottlerocketSettings.of(stack.plugin())),
                  true));
      case "cos" -> new Ask(HostTask.of(id, Work.FACTS, true));
      default -> toolkit(id, "containerd", true);
    };
  }

  private static HostPlan toolkit(String id, String runtime, boolean finishesStep) {
    return new Ask(new HostTask(id, Work.TOOLKIT, runtime(runtime), null, finishesStep));
  }

  /** What the look has led to: one file, or nothing where everything is as it must be. */
  HostPlan merged(String id, RuntimeTexts texts) {
    RuntimeWish wish =
        new RuntimeWish(stack.runtime().runtimeClass(), BINARY, stack.runtime().cdi());
    return switch (RuntimeChoice.of(facts.node())) {
      case RuntimeChoice.Containerd(var version) ->
          written(
              id,
              "containerd",
              ContainerdMerge.DROP_IN,
              ContainerdMerge.merge(
                  new ContainerdConfiguration(version, texts.main(), texts.effective()), wish),
              texts);
      case RuntimeChoice.Crio _ ->
          written(id, "crio", CrioMerge.DROP_IN, CrioMerge.merge(texts.effective(), wish), texts);
      case RuntimeChoice.LeftAlone _ -> new Ask(HostTask.of(id, Work.FACTS, true));
      case RuntimeChoice.Impossible impossible ->
          new Refuse(impossible.problem().title(), impossible.message());
    };
  }

  private static HostPlan written(
      String id, String runtime, String dropIn, RuntimeChange change, RuntimeTexts texts) {
    return switch (change) {
      case RuntimeChange.Unchanged() -> new Ask(HostTask.of(id, Work.FACTS, true));
      case RuntimeChange.MainFile(String text) ->
          write(id, runtime, ContainerdMerge.MAIN_FILE, text, texts);
      case RuntimeChange.DropIn(String text) -> write(id, runtime, dropIn, text, texts);
      case RuntimeChange.Refused refused ->
          new Refuse(refused.problem().title(), refused.message());
    };
  }

  private static HostPlan write(
      String id, String runtime, String path, String text, RuntimeTexts texts) {
    Content file = new Content.RuntimeFile(path, text, texts.fingerprint());
    return new Ask(new HostTask(id, Work.WRITE_RUNTIME, runtime(runtime), file, true));
  }

  private static SortedMap<String, String> runtime(String name) {
    return new TreeMap<>(Map.of("RUNTIME", name));
  }
}
