package main

import (
	"context"
	"slices"
	"strings"
	"time"
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

// drift is how far the time of an error may be off after the agent has been started anew.
const drift = 2 * time.Minute

// health is what is wrong with the devices; nil while nothing is.
func (a *Agent) health(ctx context.Context, facts *Facts, told *Health) *Health {
	health := &Health{Xids: a.log.Xids(ctx), Recoveries: []Recovery{}}
	health.keepTimes(told)
	if facts.DriverVersion != "" {
		health.Recoveries = a.host.recoveries(ctx)
	}
	if len(health.Xids)+len(health.Recoveries) == 0 {
		return nil
	}
	return health
}

// keepTimes tells an error that was told before as it was told: an agent that was started anew knows its time less well,
// and its pod no more.
func (h *Health) keepTimes(told *Health) {
	if told == nil {
		return
	}
	for i := range h.Xids {
		at, _ := time.Parse(timeFormat, h.Xids[i].At)
		for _, before := range told.Xids {
			then, err := time.Parse(timeFormat, before.At)
			same := before.Xid == h.Xids[i].Xid && before.Device == h.Xids[i].Device
			if same && err == nil && at.Sub(then).Abs() < drift && !slices.Contains(h.Xids[:i], before) {
				h.Xids[i] = before
				break
			}
		}
	}
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
