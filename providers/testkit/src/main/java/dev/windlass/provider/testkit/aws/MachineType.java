package dev.windlass.provider.testkit.aws;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An instance type as EC2 describes it.
 *
 * @param name its name
 * @param vcpus its cores
 * @param memoryMib its memory
 * @param architecture {@code x86_64} or {@code arm64}
 * @param interfaces network interfaces of the default network card
 * @param addresses IPv4 addresses of an interface
 * @param gpus its GPUs, or {@link Gpus#NONE}
 */
public record MachineType(
    String name,
    int vcpus,
    long memoryMib,
    String architecture,
    int interfaces,
    int addresses,
    Gpus gpus) {

  /**
   * The GPUs of a type.
   *
   * @param name the maker's name
   * @param count how many devices; zero for none
   * @param memoryMib of each
   * @param part of one device that the machine has; 1 for whole ones
   */
  public record Gpus(String name, int count, long memoryMib, double part) {
    /** No GPUs. */
    public static final Gpus NONE = new Gpus("", 0, 0, 1);
  }

  /** Types that the fake knows from the start, with their real figures. */
  static Map<String, MachineType> usual() {
    return Stream.of(
            plain("m5.large", 2, 8, "x86_64", 3, 10),
            plain("m5.xlarge", 4, 16, "x86_64", 4, 15),
            plain("m5.2xlarge", 8, 32, "x86_64", 4, 15),
            plain("m6i.xlarge", 4, 16, "x86_64", 4, 15),
            plain("c5.xlarge", 4, 8, "x86_64", 4, 15),
            plain("c5.4xlarge", 16, 32, "x86_64", 8, 30),
            plain("c7g.large", 2, 4, "arm64", 3, 10),
            new MachineType(
                "g5.xlarge", 4, 16_384, "x86_64", 4, 15, new Gpus("A10G", 1, 22_888, 1)),
            new MachineType("g6.xlarge", 4, 16_384, "x86_64", 4, 15, new Gpus("L4", 1, 22_888, 1)),
            new MachineType(
                "g6f.large", 2, 8_192, "x86_64", 2, 10, new Gpus("L4", 1, 2_861, 0.125)),
            new MachineType(
                "p5.48xlarge", 192, 2_097_152, "x86_64", 2, 50, new Gpus("H100", 8, 81_920, 1)))
        .collect(Collectors.toMap(MachineType::name, Function.identity()));
  }

  private static MachineType plain(
      String name, int vcpus, int gib, String architecture, int interfaces, int addresses) {
    return new MachineType(
        name, vcpus, gib * 1024L, architecture, interfaces, addresses, Gpus.NONE);
  }
}
