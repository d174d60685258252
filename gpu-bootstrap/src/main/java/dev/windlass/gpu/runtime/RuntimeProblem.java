package dev.windlass.gpu.runtime;

/**
 * Why a container runtime cannot be set up, each with what a person can do. The same list is in
 * {@code docs/reference/gpu.md}.
 */
public enum RuntimeProblem {
  INVALID_CONFIGURATION(
      "InvalidConfiguration",
      "the file is not valid TOML, so the runtime will not start with it either: repair it"),
  UNKNOWN_FORMAT(
      "UnknownFormat",
      "the file's version is one that this containerd does not use: migrate the file"),
  CRI_DISABLED("CriDisabled", "disabled_plugins names the CRI plugin: take it off that list"),
  HANDLER_TAKEN(
      "HandlerTaken",
      "a runtime of the same name starts another program: name another RuntimeClass in the GpuStack"),
  CDI_DIRECTORY_MISSING(
      "CdiDirectoryMissing", "cdi_spec_dirs lacks /var/run/cdi: add it, or drop the setting"),
  OVERRIDDEN(
      "Overridden",
      "the main file is right, an imported file undoes it: import the drop-in directory after it"),
  NOT_EDITABLE(
      "NotEditable",
      "an inline table is where a setting must go: write it as a table with a header of its own"),
  UNKNOWN_RUNTIME(
      "UnknownRuntime",
      "only containerd and CRI-O are set up: use a machine image with one of them");

  private final String title;
  private final String remedy;

  RuntimeProblem(String title, String remedy) {
    this.title = title;
    this.remedy = remedy;
  }

  /** The code in messages. */
  public String title() {
    return title;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
