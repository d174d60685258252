package main

import (
	"context"
	"reflect"
	"testing"
)

func TestTellsTheOperatingSystemOfEveryDistribution(t *testing.T) {
	for distribution, version := range map[string]string{
		"ubuntu": "24.04", "debian": "12", "amzn": "2023", "azurelinux": "3.0", "cos": "125", "flatcar": "3227.2.4", "bottlerocket": "1.47.0",
	} {
		facts := newMachine(t, distribution).host.facts(context.Background())
		if facts.System.ID != distribution || facts.System.Version != version || facts.KernelVersion != kernel {
			t.Errorf("%s: %+v", distribution, facts)
		}
	}
}

func TestTellsDevicesOfTheBusBeforeThereIsADriver(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.device("0000:00:1f.0", "0x068000", "0x22a3")
	m.file("/sys/bus/pci/devices/0000:00:01.0/vendor", "0x1d0f\n")
	facts := m.host.facts(context.Background())
	if !reflect.DeepEqual(facts.PciIDs, []string{"10de:2330"}) || facts.Switches != 1 || facts.DriverVersion != "" {
		t.Errorf("%+v", facts)
	}
	if len(m.calls("nvidia-smi")) != 0 {
		t.Error("nvidia-smi was asked without a driver")
	}
}

func TestTellsWhichDriverAndModulesAreLoaded(t *testing.T) {
	for file, want := range map[string][2]string{"version-open": {"580.178.04", "open"}, "version-proprietary": {"535.309.01", "proprietary"}} {
		m := newMachine(t, "ubuntu")
		m.loaded(file)
		facts := m.host.facts(context.Background())
		if got := [2]string{facts.DriverVersion, facts.DriverModules}; got != want {
			t.Errorf("%s: %v", file, got)
		}
	}
}

func TestTellsDevicesPartitionsFabricAndErrors(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.loaded("version-open")
	m.program("nvidia-smi", `case "$1" in
-L) echo "GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-11)
  MIG 1g.10gb     Device  0: (UUID: MIG-a)
  MIG 1g.10gb     Device  1: (UUID: MIG-b)
GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-22)" ;;
*) echo "NVIDIA H100 80GB HBM3, GPU-11, 0x233010DE, 81559, Enabled, 0, Completed
NVIDIA H100 80GB HBM3, GPU-22, 0x233010DE, 81559, Disabled, 3, [N/A]" ;;
esac`)
	facts := m.host.facts(context.Background())
	want := []Device{
		{Name: "NVIDIA H100 80GB HBM3", UUID: "GPU-11", PciID: "10de:2330", MemoryMib: 81559, Mig: true, MigDevices: 2, Fabric: "Completed"},
		{Name: "NVIDIA H100 80GB HBM3", UUID: "GPU-22", PciID: "10de:2330", MemoryMib: 81559, UncorrectableErrors: 3},
	}
	if !reflect.DeepEqual(facts.Devices, want) || facts.GPUCount != 2 || facts.GPUModel != "NVIDIA H100 80GB HBM3" {
		t.Errorf("%+v", facts)
	}
}

func TestAsksAnOldDriverWithoutItsFabric(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.loaded("version-proprietary")
	m.program("nvidia-smi", `case "$1" in
-L) ;;
*fabric*) exit 2 ;;
*) echo "Tesla V100-SXM2-16GB, GPU-1, 0x1DB110DE, 16384, [N/A], 0" ;;
esac`)
	facts := m.host.facts(context.Background())
	if facts.GPUCount != 1 || facts.Devices[0].PciID != "10de:1db1" || facts.Devices[0].Mig {
		t.Errorf("%+v", facts)
	}
}

func TestTellsRuntimeAndKubeletAsANodeWritesThem(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.file("/run/containerd/containerd.sock", "")
	m.program("containerd", `echo "containerd github.com/containerd/containerd v1.7.22 7f7fdf5fed64eb6a7caf99b3e12efcf9d60e311c"`)
	m.program("kubelet", `echo "Kubernetes v1.34.1"`)
	facts := m.host.facts(context.Background())
	if facts.System.Runtime != "containerd://v1.7.22" || facts.System.Kubelet != "v1.34.1" {
		t.Errorf("%+v", facts)
	}
}
