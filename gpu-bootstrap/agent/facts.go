package main

import (
	"context"
	"os"
	"regexp"
	"runtime"
	"strings"
	"time"
)

const (
	vendor       = "0x10de"
	probeTimeout = 30 * time.Second
)

var (
	loadedDriver = regexp.MustCompile(`(?m)^NVRM version: NVIDIA UNIX (.*?)\s+(\d{3}\.\d{1,3}(?:\.\d{1,3})?)\s`)
	versionWord  = regexp.MustCompile(`v?\d+\.\d+[^\s,]*`)
)

// facts looks at the machine: files first, then the few programs that know more.
func (h Host) facts(ctx context.Context) *Facts {
	facts := &Facts{
		KernelVersion: strings.TrimSpace(h.read("/proc/sys/kernel/osrelease")),
		Nouveau:       h.exists("/sys/module/nouveau"),
		System:        h.system(),
	}
	facts.System.Runtime = h.runtimeVersion(ctx)
	facts.System.Kubelet = h.version(ctx, "kubelet --version")
	facts.DriverVersion, facts.DriverModules = h.driver()
	h.addPCIDevices(facts)
	if facts.DriverVersion != "" {
		h.addDevices(ctx, facts)
	}
	return facts
}

// system reads os-release.
func (h Host) system() System {
	text := h.read("/etc/os-release")
	if text == "" {
		text = h.read("/usr/lib/os-release")
	}
	value := func(key string) string { return strings.Trim(marked(text, key+"="), `"'`) }
	return System{ID: value("ID"), Version: value("VERSION_ID"), Name: value("PRETTY_NAME"), Architecture: runtime.GOARCH}
}

// driver says what the kernel has loaded.
func (h Host) driver() (string, string) {
	found := loadedDriver.FindStringSubmatch(h.read("/proc/driver/nvidia/version") + "\n")
	if found == nil {
		return "", ""
	}
	if strings.Contains(found[1], "Open Kernel Module") {
		return found[2], "open"
	}
	return found[2], "proprietary"
}

// addPCIDevices finds NVIDIA's display controllers, 3D controllers and switches on the bus.
func (h Host) addPCIDevices(facts *Facts) {
	folder := "/sys/bus/pci/devices"
	entries, err := os.ReadDir(h.path(folder))
	if err != nil {
		return
	}
	for _, entry := range entries {
		value := func(name string) string { return strings.TrimSpace(h.read(folder + "/" + entry.Name() + "/" + name)) }
		if value("vendor") != vendor {
			continue
		}
		switch class := value("class"); {
		case strings.HasPrefix(class, "0x0300"), strings.HasPrefix(class, "0x0302"):
			facts.PciIDs = append(facts.PciIDs, "10de:"+strings.TrimPrefix(value("device"), "0x"))
		case strings.HasPrefix(class, "0x0680"):
			facts.Switches++
		}
	}
}

// runtimeVersion is written as a Node writes it, for instance containerd://1.7.22.
func (h Host) runtimeVersion(ctx context.Context) string {
	for name, command := range map[string]string{"containerd": "containerd --version", "cri-o": "crio --version"} {
		socket := map[string]string{"containerd": "/run/containerd/containerd.sock", "cri-o": "/run/crio/crio.sock"}[name]
		if !h.exists(socket) {
			continue
		}
		if version := h.version(ctx, command); version != "" {
			return name + "://" + version
		}
	}
	return ""
}

// version is the first word of a program's answer that looks like one; empty without the program.
func (h Host) version(ctx context.Context, command string) string {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	answer := h.shell(ctx, command+" 2>/dev/null", nil, "")
	if answer.code != 0 {
		return ""
	}
	return versionWord.FindString(answer.output)
}
