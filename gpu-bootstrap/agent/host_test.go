package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	kernel = "6.8.0-1016-aws"
)

// machine is a folder that looks like a host's root, with programs that leave their traces there.
type machine struct {
	t    *testing.T
	root string
	bin  string
	host Host
}

// newMachine has a real os-release of its distribution, one GPU on its bus, and no driver.
func newMachine(t *testing.T, distribution string) *machine {
	t.Helper()
	m := &machine{t: t, root: t.TempDir(), bin: t.TempDir()}
	m.host = Host{Root: m.root, Path: m.bin + ":/usr/bin:/bin"}
	release, err := os.ReadFile(filepath.Join("testdata", "os-release", distribution))
	if err != nil {
		t.Fatal(err)
	}
	m.file("/etc/os-release", string(release))
	m.file("/proc/sys/kernel/osrelease", kernel+"\n")
	m.device("0000:00:1e.0", "0x030200", "0x2330")
	// Programs of the machine that runs the test must not answer for the machine under test.
	for _, name := range []string{"apt-get", "apt-cache", "dpkg", "dnf", "tdnf", "dkms", "modprobe", "modinfo", "systemctl",
		"nvidia-smi", "nvidia-modprobe", "nvidia-ctk", "nvidia-container-runtime", "containerd", "crio", "kubelet", "cos-extensions", "dmesg",
		"dpkg-query", "rpm", "hostname"} {
		m.program(name, "exit 127")
	}
	return m
}

func (m *machine) file(path, text string) {
	m.t.Helper()
	full := filepath.Join(m.root, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		m.t.Fatal(err)
	}
}

func (m *machine) device(address, class, id string) {
	folder := "/sys/bus/pci/devices/" + address
	m.file(folder+"/vendor", "0x10de\n")
	m.file(folder+"/class", class+"\n")
	m.file(folder+"/device", id+"\n")
}

// program stands in for one of the host's; each call is noted with its arguments, and $R is the machine's root.
func (m *machine) program(name, body string) {
	m.t.Helper()
	text := "#!/bin/sh\nR=" + m.root + "\necho \"" + name + " $*\" >>" + m.bin + "/calls\n" + body + "\n"
	if err := os.WriteFile(filepath.Join(m.bin, name), []byte(text), 0o755); err != nil {
		m.t.Fatal(err)
	}
}

// missing takes a program away.
func (m *machine) missing(names ...string) {
	for _, name := range names {
		if err := os.Remove(filepath.Join(m.bin, name)); err != nil {
			m.t.Fatal(err)
		}
	}
}

// calls are the calls of a program so far.
func (m *machine) calls(name string) []string {
	text, _ := os.ReadFile(filepath.Join(m.bin, "calls"))
	var found []string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, name+" ") {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

func (m *machine) forgetCalls() { os.Remove(filepath.Join(m.bin, "calls")) }

func (m *machine) read(path string) string { return m.host.read(path) }

// loads makes modprobe load this driver.
func (m *machine) loads(version string) {
	text, err := os.ReadFile(filepath.Join("testdata", "nvidia", version))
	if err != nil {
		m.t.Fatal(err)
	}
	m.file("/driver-that-loads", string(text))
	m.program("modprobe", `mkdir -p $R/proc/driver/nvidia $R/dev; cp $R/driver-that-loads $R/proc/driver/nvidia/version
case "$1" in nvidia-uvm) : >$R/dev/nvidia-uvm ;; esac`)
}

func (m *machine) loaded(version string) {
	text, err := os.ReadFile(filepath.Join("testdata", "nvidia", version))
	if err != nil {
		m.t.Fatal(err)
	}
	m.file("/proc/driver/nvidia/version", string(text))
}
