package main

import (
	"context"
	"encoding/csv"
	"strconv"
	"strings"
)

// The older query is for drivers that know nothing of a fabric.
const (
	query      = "name,uuid,pci.device_id,memory.total,mig.mode.current,ecc.errors.uncorrected.volatile.total"
	withFabric = query + ",fabric.state"
	columns    = 6
)

// smi runs nvidia-smi: the host's own, else the driver container's.
func (h Host) smi(ctx context.Context, arguments ...string) result {
	ctx, cancel := context.WithTimeout(ctx, 2*probeTimeout)
	defer cancel()
	return h.shell(ctx, `exec 2>/dev/null
command -v nvidia-smi >/dev/null || exec chroot "$WINDLASS_ROOT/run/nvidia/driver" nvidia-smi "$@"
exec nvidia-smi "$@"`, nil, "", arguments...)
}

// query asks for these fields of every device; empty when it does not answer or does not know one of them.
func (h Host) query(ctx context.Context, fields string) [][]string {
	answer := h.smi(ctx, "--query-gpu="+fields, "--format=csv,noheader,nounits")
	if answer.code != 0 {
		return nil
	}
	reader := csv.NewReader(strings.NewReader(answer.output))
	reader.TrimLeadingSpace = true
	reader.FieldsPerRecord = -1
	lines, err := reader.ReadAll()
	if err != nil {
		return nil
	}
	return lines
}

// addDevices asks nvidia-smi for every device; nothing is added when it does not answer.
func (h Host) addDevices(ctx context.Context, facts *Facts) {
	lines := h.query(ctx, withFabric)
	if lines == nil {
		lines = h.query(ctx, query)
	}
	facts.Devices = readDevices(lines)
	facts.GPUCount = len(facts.Devices)
	if facts.GPUCount > 0 {
		facts.GPUModel = facts.Devices[0].Name
		facts.GPUMemoryMib = facts.Devices[0].MemoryMib
		countPartitions(h.smi(ctx, "-L").output, facts.Devices)
	}
}

func readDevices(lines [][]string) []Device {
	var devices []Device
	for _, cell := range lines {
		if len(cell) < columns || !strings.HasPrefix(cell[1], "GPU-") {
			continue
		}
		device := Device{
			Name:                cell[0],
			UUID:                cell[1],
			PciID:               deviceHalf(cell[2]),
			MemoryMib:           number(cell[3]),
			Mig:                 cell[4] == "Enabled",
			UncorrectableErrors: number(cell[5]),
		}
		if len(cell) > columns && !strings.HasPrefix(cell[6], "[") && cell[6] != "N/A" {
			device.Fabric = cell[6]
		}
		devices = append(devices, device)
	}
	return devices
}

// deviceHalf turns 0x233010DE into 10de:2330.
func deviceHalf(id string) string {
	digits := strings.ToLower(strings.TrimPrefix(id, "0x"))
	if len(digits) != 8 {
		return ""
	}
	return digits[4:] + ":" + digits[:4]
}

func number(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return value
}

// countPartitions reads nvidia-smi -L, where a device's MIG partitions follow it.
func countPartitions(text string, devices []Device) {
	current := -1
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "GPU "):
			current = -1
			for i := range devices {
				if strings.Contains(line, devices[i].UUID) {
					current = i
				}
			}
		case strings.Contains(line, "MIG-") && current >= 0:
			devices[current].MigDevices++
		}
	}
}
