package main

import (
	"context"
	"slices"
	"strings"
)

// recoveryWords are the words of GpuNodes for those of nvidia-smi; a word that is not here is passed on as it is.
var recoveryWords = map[string]string{
	"reset":             "GpuReset",
	"gpureset":          "GpuReset",
	"reboot":            "NodeReboot",
	"nodereboot":        "NodeReboot",
	"drainp2p":          "DrainP2P",
	"drainandreset":     "DrainAndReset",
	"busreset":          "BusReset",
	"recoverimexdomain": "RecoverImexDomain",
	"systemreboot":      "SystemReboot",
}

// health is what is wrong with the devices; nil while nothing is.
func (a *Agent) health(ctx context.Context, facts *Facts) *Health {
	health := &Health{Xids: a.log.Xids(ctx), Recoveries: []Recovery{}}
	if facts.DriverVersion != "" {
		health.Recoveries = a.host.recoveries(ctx)
	}
	if len(health.Xids)+len(health.Recoveries) == 0 {
		return nil
	}
	return health
}

// same says whether both tell of the same trouble.
func (h *Health) same(other *Health) bool {
	if h == nil || other == nil {
		return h == other
	}
	return slices.Equal(h.Xids, other.Xids) && slices.Equal(h.Recoveries, other.Recoveries)
}

// recoveries asks what the driver wants done; drivers before 570 do not know the question, and want nothing.
func (h Host) recoveries(ctx context.Context) []Recovery {
	found := []Recovery{}
	for _, cell := range h.query(ctx, "uuid,gpu_recovery_action") {
		if len(cell) != 2 || !strings.HasPrefix(cell[0], "GPU-") {
			continue
		}
		word := cell[1]
		switch key := strings.ToLower(strings.ReplaceAll(word, " ", "")); {
		case key == "none", key == "", key == "n/a", strings.HasPrefix(key, "["):
			continue
		case recoveryWords[key] != "":
			word = recoveryWords[key]
		}
		found = append(found, Recovery{Device: cell[0], Action: word})
	}
	return found
}
