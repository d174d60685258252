package main

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

// logged makes the kernel log say this: up for 1000 s, and a record at 900 s for each message.
func (m *machine) logged(records ...string) {
	m.file("/proc/uptime", "1000.00 4000.00\n")
	m.file("/dev/kmsg", strings.Join(records, ""))
}

func (m *machine) xids(t *testing.T) []Xid {
	log := newKernelLog(m.host)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	go log.Follow(ctx)
	return log.Xids(ctx)
}

const fellOff = "3,1200,900000000,-;NVRM: Xid (PCI:0000:3b:00): 79, pid=4711, name=python, GPU has fallen off the bus.\n SUBSYSTEM=pci\n"

func TestTellsTheErrorsOfTheKernelLogWithTimeAndDevice(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.logged("6,1,1000000,-;usb 1-1: new device\n", fellOff,
		"4,1201,950000000,-;NVRM: Xid (PCI:0000:86:00): 94, pid='<unknown>', name=<unknown>, Contained: SM (0x1). RST: No\n",
		"12,1202,960000000,-;NVRM: Xid (PCI:0000:3b:00): 48, a program wrote this\n",
		"4,1203,97000", "0000,-;NVRM: Xid (PCI:0000:86:00): 119, pid=1, Timeout after 6s\n")
	found := m.xids(t)
	got := [][2]any{}
	for _, xid := range found {
		got = append(got, [2]any{xid.Xid, xid.Device})
	}
	if want := [][2]any{{79, "0000:3b:00"}, {94, "0000:86:00"}, {119, "0000:86:00"}}; !reflect.DeepEqual(got, want) {
		t.Fatal(got)
	}
	at, err := time.Parse(time.RFC3339, found[0].At)
	if age := time.Since(at); err != nil || age < 100*time.Second || age > 130*time.Second {
		t.Error(found[0].At, err)
	}
}

func TestTellsAStormOnceAndKeepsTheNewest(t *testing.T) {
	m := newMachine(t, "ubuntu")
	var records []string
	for second := range 2000 {
		records = append(records, strings.Replace(fellOff, ",900000000,", ","+strconv.Itoa(second)+"000000,", 1))
	}
	m.logged(records...)
	found := m.xids(t)
	if len(found) != maxXids {
		t.Fatal(len(found))
	}
	last, _ := time.Parse(time.RFC3339, found[maxXids-1].At)
	before, _ := time.Parse(time.RFC3339, found[maxXids-2].At)
	if last.Sub(before) != storm || time.Until(last) < 980*time.Second {
		t.Error(before, last)
	}
}

func TestNamesThePodWhoseProgramAnErrorHasJustHit(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.file("/proc/4711/cgroup", "0::/kubepods.slice/kubepods-pod0a1b2c3d_1111_2222_3333_444455556666.slice/cri-1.scope\n")
	if err := os.MkdirAll(filepath.Join(m.root, "var/log/pods/train_worker-0_0a1b2c3d-1111-2222-3333-444455556666"), 0o755); err != nil {
		t.Fatal(err)
	}
	m.logged(strings.Replace(fellOff, ",900000000,", ",1000000000,", 1), strings.Replace(fellOff, "): 79", "): 94", 1))
	found := m.xids(t)
	if len(found) != 2 || found[0].Pod != "train/worker-0" || found[1].Pod != "" {
		t.Errorf("a process of long ago may be another one by now: %+v", found)
	}
}

func TestTellsAnErrorAsItWasToldBeforeTheAgentWasStartedAnew(t *testing.T) {
	at := func(second int) string {
		return time.Date(2026, 5, 4, 10, 0, second, 0, time.UTC).Format(timeFormat)
	}
	known := Xid{94, "0000:3b:00", at(7), "train/worker-0"}
	health := Health{Xids: []Xid{{79, "0000:3b:00", at(5), ""}, {94, "0000:3b:00", at(9), ""}, {94, "0000:3b:00", at(40), ""}}}
	health.keepTimes(&Health{Xids: []Xid{known}})
	if want := []Xid{{79, "0000:3b:00", at(5), ""}, known, {94, "0000:3b:00", at(40), ""}}; !reflect.DeepEqual(health.Xids, want) {
		t.Error(health.Xids)
	}
}

func TestTellsNothingWhereThereIsNoLog(t *testing.T) {
	m := newMachine(t, "ubuntu")
	if found := m.xids(t); len(found) != 0 {
		t.Error(found)
	}
}

// Answers of nvidia-smi of the branches 570 to 610, and of one before.
func TestTellsTheRecoveryActionThatTheDriverAsksFor(t *testing.T) {
	for answer, want := range map[string][]Recovery{
		"GPU-1, None\nGPU-2, Reset":           {{"GPU-2", "GpuReset"}},
		"GPU-1, Reboot\nGPU-2, Drain P2P":     {{"GPU-1", "NodeReboot"}, {"GPU-2", "DrainP2P"}},
		"GPU-1, Drain and Reset":              {{"GPU-1", "DrainAndReset"}},
		"GPU-1, Recover IMEX Domain":          {{"GPU-1", "RecoverImexDomain"}},
		"GPU-1, Something New":                {{"GPU-1", "Something New"}},
		"GPU-1, [N/A]\nGPU-2, N/A":            {},
		"Field \"x\" is not a valid field.\n": {},
	} {
		m := newMachine(t, "ubuntu")
		m.program("nvidia-smi", "cat <<'END'\n"+answer+"\nEND")
		if got := m.host.recoveries(context.Background()); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", answer, got)
		}
		if calls := m.calls("nvidia-smi"); calls[0] != "nvidia-smi --query-gpu=uuid,gpu_recovery_action --format=csv,noheader,nounits" {
			t.Error(calls)
		}
		m.program("nvidia-smi", "exit 2")
		if got := m.host.recoveries(context.Background()); len(got) != 0 {
			t.Error("an old driver wants nothing", got)
		}
	}
}

func TestReportsAnErrorAsSoonAsTheDriverLogsIt(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.loaded("version-open")
	m.program("nvidia-smi", "exit 9")
	m.logged("")
	s := newServer(t, `{"stack":"usual"}`)
	s.agent(t, m.host)
	if status := s.until(t, "facts", func(s Status) bool { return s.Facts != nil }); status.Health != nil {
		t.Errorf("%+v", status.Health)
	}
	m.logged(fellOff)
	status := s.until(t, "the error", func(s Status) bool { return s.Health != nil && len(s.Health.Xids) == 1 })
	if status.Health.Xids[0].Xid != 79 {
		t.Errorf("%+v", status.Health)
	}
}

// smiOfSickDevice wants a reset until it has had one.
const smiOfSickDevice = `case "$*" in
*recovery*) [ -e $R/was-reset ] && echo "GPU-1, None" || echo "GPU-1, Reset" ;;
*--gpu-reset*) : >$R/was-reset; echo "GPU 00000000:00:1E.0 was successfully reset." ;;
*query-gpu*) echo "NVIDIA H100, GPU-1, 0x233010DE, 81559, Disabled, 0, [N/A]" ;;
-L) echo "GPU 0: NVIDIA H100 (UUID: GPU-1)" ;;
esac`

const resetOrder = `{"stack":"usual","step":"Reset","operationId":"op-3","task":{"id":"op-3.1","name":"reset","attempts":3,"finishesStep":true}}`

func sickMachine(t *testing.T) *machine {
	m := newMachine(t, "ubuntu")
	m.loaded("version-open")
	m.logged(fellOff)
	m.program("nvidia-smi", smiOfSickDevice)
	return m
}

func TestResetsDevicesOnceAndSaysThatTheyAreWell(t *testing.T) {
	m := sickMachine(t)
	s := newServer(t, resetOrder)
	s.agent(t, m.host)
	status := s.until(t, "the reset", ended("op-3.1"))
	if status.Task.State != Succeeded || len(status.Finished) != 1 || status.Finished[0].Step != "Reset" {
		t.Fatalf("%+v", status)
	}
	if len(status.Health.Recoveries) != 0 || len(status.Health.Xids) != 1 || status.Health.Xids[0].At >= status.Finished[0].At {
		t.Errorf("the same report says that it is well again: %+v", status)
	}
	want(t, m.host.perform(context.Background(), &Task{ID: "op-3.1", Name: "reset"}), Succeeded, "")
	resets := strings.Count(strings.Join(m.calls("nvidia-smi"), "\n"), "--gpu-reset")
	if resets != 1 {
		t.Error("resets:", resets)
	}
	want(t, m.host.perform(context.Background(), &Task{ID: "op-4.1", Name: "reset"}), Succeeded, "")
	if again := strings.Count(strings.Join(m.calls("nvidia-smi"), "\n"), "--gpu-reset"); again != 2 {
		t.Error("another order resets again:", again)
	}
}

func TestResetsAfterAnInterruptionAtAnyCommand(t *testing.T) {
	for _, victim := range []string{"-pm 0", "--gpu-reset", "-pm 1", "mv"} {
		m := sickMachine(t)
		kill := "[ -e $R/once ] || { : >$R/once; kill -9 $PPID; exit 1; }\n"
		if victim == "mv" {
			m.program("mv", kill+`/bin/mv "$@"`)
		} else {
			m.program("nvidia-smi", `case "$*" in "`+victim+`") `+kill+" ;; esac\n"+smiOfSickDevice)
		}
		task := &Task{ID: "op-3.1", Name: "reset"}
		if first := m.host.perform(context.Background(), task); !first.retries() {
			t.Fatalf("%s: %+v", victim, first)
		}
		want(t, m.host.perform(context.Background(), task), Succeeded, "")
		if m.read("/run/windlass/reset") != "op-3.1\n" || !m.host.exists("/was-reset") {
			t.Error(victim)
		}
	}
}

func TestWaitsForWhatStillUsesADevice(t *testing.T) {
	m := sickMachine(t)
	m.file("/proc/77/comm", "dcgm-exporter\n")
	if os.MkdirAll(filepath.Join(m.root, "proc/77/fd"), 0o755) != nil ||
		os.Symlink("/dev/nvidia0", filepath.Join(m.root, "proc/77/fd/5")) != nil {
		t.Fatal("no process")
	}
	task := &Task{ID: "op-3.1", Name: "reset"}
	if got := m.host.perform(context.Background(), task); !got.retries() || !strings.Contains(got.message, "dcgm-exporter") {
		t.Fatalf("%+v", got)
	}
	if err := os.RemoveAll(filepath.Join(m.root, "proc/77")); err != nil {
		t.Fatal(err)
	}
	want(t, m.host.perform(context.Background(), task), Succeeded, "")
}

func TestSaysWhyAResetDoesNotWork(t *testing.T) {
	m := sickMachine(t)
	m.program("nvidia-smi", `case "$*" in *--gpu-reset*) echo "Unable to reset GPU 0: Not Supported"; exit 3 ;; esac`)
	s := newServer(t, resetOrder)
	s.agent(t, m.host)
	status := s.until(t, "the failure", ended("op-3.1"))
	if status.Failure == nil || status.Failure.Cause != "ResetFailed" || !strings.Contains(status.Failure.Message, "Not Supported") {
		t.Errorf("%+v", status.Failure)
	}
}

const rebootOrder = `{"stack":"usual","step":"Reboot","operationId":"op-5","task":{"id":"op-5.1","name":"reboot","attempts":3,"finishesStep":true}}`

func TestKnowsAfterTheBootThatItHasHappened(t *testing.T) {
	m := sickMachine(t)
	m.file("/proc/sys/kernel/random/boot_id", "first\n")
	m.program("systemctl", ": >$R/going-down")
	s := newServer(t, rebootOrder)
	stop := s.agent(t, m.host)
	for end := time.Now().Add(time.Minute); !m.host.exists("/going-down") && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	if status := s.status(); status.Task.State != Running || status.Task.BootID != "first" || len(status.Finished) != 0 {
		t.Fatalf("before the boot nothing is finished: %+v", status.Task)
	}
	m.file("/proc/sys/kernel/random/boot_id", "second\n")
	m.forgetCalls()
	s.agent(t, m.host)
	status := s.until(t, "the end", ended("op-5.1"))
	if status.Task.State != Succeeded || len(status.Finished) != 1 || status.Finished[0].Step != "Reboot" {
		t.Errorf("%+v", status)
	}
	if len(m.calls("systemctl")) != 0 {
		t.Error("it boots again and again")
	}
}

func TestAsksAgainWhereTheAgentWasStartedAnewWithoutABoot(t *testing.T) {
	m := sickMachine(t)
	m.file("/proc/sys/kernel/random/boot_id", "first\n")
	task := &Task{Name: "reboot"}
	if m.host.rebootedSince(task, &TaskStatus{BootID: "first"}) || m.host.rebootedSince(task, nil) {
		t.Error("it has not booted")
	}
	m.program("systemctl", "exit 1")
	if got := m.host.perform(context.Background(), task); !got.retries() {
		t.Errorf("%+v", got)
	}
	m.program("systemctl", "")
	stays := m.host.perform(context.Background(), &Task{Name: "reboot", TimeoutSeconds: 1})
	if !stays.retries() || !strings.Contains(stays.message, "stays up") {
		t.Errorf("%+v", stays)
	}
}
