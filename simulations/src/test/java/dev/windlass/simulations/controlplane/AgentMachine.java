package dev.windlass.simulations.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that looks like the root of a machine with one H100 whose driver is loaded, and the real
 * agent that works in it; NVIDIA's tool is a stand-in.
 */
final class AgentMachine {
  static final Path AGENT =
      Path.of("..", "gpu-bootstrap", "target", "agent", "windlass-gpu-agent-amd64");

  private static final Duration UP = Duration.ofMinutes(10);

  /** Wants a reset from an error on until it has had one. */
  private static final String NVIDIA_SMI =
      """
      #!/bin/sh
      root=$(dirname "$0")/host
      case "$*" in
      *recovery*) [ -e $root/sick ] && echo "GPU-1, Reset" || echo "GPU-1, None" ;;
      *--gpu-reset*) rm -f $root/sick; echo reset >>$root/resets ;;
      *query-gpu*) echo "NVIDIA H100, GPU-1, 0x233010DE, 81559, Disabled, 0, [N/A]" ;;
      -L) echo "GPU 0: NVIDIA H100 (UUID: GPU-1)" ;;
      esac
      """;

  private final Path folder;
  private final Path root;
  private final Instant booted = Instant.now().minus(UP);

  AgentMachine(Path folder) throws IOException {
    this.folder = folder;
    root = folder.resolve("host");
    write("etc/os-release", "ID=ubuntu\nVERSION_ID=\"24.04\"\nPRETTY_NAME=\"Ubuntu\"\n");
    write("proc/sys/kernel/osrelease", "6.8.0-1016-aws\n");
    write("dev/kmsg", "");
    write(
        "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.178.04  Release Build\n");
    write("dev/nvidia-uvm", "");
    write("sys/bus/pci/devices/0000:00:1e.0/vendor", "0x10de\n");
    write("sys/bus/pci/devices/0000:00:1e.0/class", "0x030200\n");
    write("sys/bus/pci/devices/0000:00:1e.0/device", "0x2330\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Puts the stand-in where the agent looks for programs. */
  AgentMachine withTool() throws IOException {
    Path tool = Files.writeString(folder.resolve("nvidia-smi"), NVIDIA_SMI);
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** The driver logs an error now, and wants the device reset. */
  void fail(int xid) throws IOException {
    write("sick", "");
    long micros = Duration.between(booted, Instant.now()).toNanos() / 1_000;
    Files.writeString(
        root.resolve("dev/kmsg"),
        "3,700,%d,-;NVRM: Xid (PCI:0000:00:1e): %d, pid=7, name=python, timeout\n"
            .formatted(micros, xid),
        StandardOpenOption.APPEND);
  }

  /** How often the devices have been reset. */
  int resets() throws IOException {
    Path log = root.resolve("resets");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  /** The agent, as the node and with the token that a kubelet would have given to it. */
  Process start(ControlPlane plane, String node, String token) throws IOException {
    write("proc/uptime", Duration.between(booted, Instant.now()).toSeconds() + ".00 0.00\n");
    Path secret = Files.writeString(folder.resolve("token"), token);
    List<String> command = new ArrayList<>(List.of(AGENT.toString(), "run", "--chroot=false"));
    command.addAll(
        List.of("--root", root.toString(), "--node", node, "--token", secret.toString()));
    command.addAll(List.of("--path", folder + ":/usr/bin:/bin"));
    command.addAll(List.of("--server", plane.server().toString()));
    command.addAll(List.of("--ca", plane.certificate().toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
