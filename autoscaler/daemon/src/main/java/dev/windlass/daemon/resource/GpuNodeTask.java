package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One piece of work for a node's agent; it does no id twice. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuNodeTask(
    @JsonPropertyDescription("The operation, a dot, and a number.") @Required String id,
    @JsonPropertyDescription("What is to be done, for instance driver-apt.") @Required String name,
    @JsonPropertyDescription("Plain words for it.") @Nullable Map<String, String> arguments,
    @Nullable File file,
    @JsonPropertyDescription("Settings of Bottlerocket, as JSON.") @Size(max = TEXT)
        @Nullable String settings,
    @JsonPropertyDescription("How long one try may take.") @Min(1) @Max(7200)
        @Nullable Integer timeoutSeconds,
    @JsonPropertyDescription("How often it may be tried.") @Min(1) @Max(10)
        @Nullable Integer attempts,
    @JsonPropertyDescription("Whether the step is done with it.") @Nullable Boolean finishesStep) {
  /** The longest text, in characters. */
  static final int TEXT = 131_072;

  /** A configuration file of the container runtime. */
  public record File(
      @Required String path,
      @JsonPropertyDescription("Its whole text, with names in place of credentials.")
          @Required
          @Size(max = TEXT)
          String content,
      @JsonPropertyDescription("The configuration's fingerprint when it was read.") @Required
          String basedOn) {}
}
