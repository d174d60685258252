package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const mostIdleKiB = 30 << 10

// The program as it is shipped, beside an API server, after it has told its facts and done a task.
func TestIdlesUnderThirtyMebibytes(t *testing.T) {
	program := filepath.Join(t.TempDir(), "agent")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%s", output)
	}
	m := driverMachine(t, "ubuntu")
	s := newServer(t, driverTask)
	token, ca := s.credentials(t)
	agent := exec.Command(program, "run", "--chroot=false", "--root", m.root, "--path", m.host.Path,
		"--node", "one", "--server", s.URL, "--token", token, "--ca", ca)
	if err := agent.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = agent.Process.Kill(); _ = agent.Wait() }()
	s.until(t, "the task", ended("op-1/1"))
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", agent.Process.Pid))
	if err != nil {
		t.Skip("no /proc here")
	}
	var resident int
	for line := range strings.Lines(string(status)) {
		_, _ = fmt.Sscanf(line, "VmRSS: %d kB", &resident)
	}
	t.Logf("resident: %d KiB", resident)
	if resident == 0 || resident > mostIdleKiB {
		t.Errorf("%d KiB resident", resident)
	}
}
