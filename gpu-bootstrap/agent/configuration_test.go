package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

const mainText = `version = 2
imports = ["/etc/containerd/conf.d/*.toml"]
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "pause:3.10" # auth = "no secret"
[plugins."io.containerd.grpc.v1.cri".registry.configs."one".auth]
  username = "robot"
  password = "pa\"ss"
[plugins."io.containerd.grpc.v1.cri".registry.configs."two"]
  auth = { username = "u", password = 'hunter2', identitytoken = "" }
[plugins."io.containerd.grpc.v1.cri".registry.mirrors."three".header]
  Authorization = ["Bearer abc"]
[plugins."io.containerd.grpc.v1.cri".containerd]
  default_runtime_name = "runc"
`

func containerdMachine(t *testing.T) *machine {
	m := newMachine(t, "ubuntu")
	m.file(mainFile, mainText)
	m.program("containerd", `cat $R`+mainFile)
	m.program("systemctl", "")
	return m
}

func (m *machine) inspect(t *testing.T) *Configuration {
	got := m.host.perform(context.Background(), &Task{Name: "inspect-runtime", Arguments: map[string]string{"RUNTIME": "containerd"}})
	want(t, got, Succeeded, "")
	return got.configuration
}

func (m *machine) write(path, content, basedOn string) outcome {
	return m.host.perform(context.Background(), &Task{Name: "write-runtime", Arguments: map[string]string{"RUNTIME": "containerd"},
		File: &File{Path: path, Content: content, BasedOn: basedOn}})
}

func TestTellsTheConfigurationWithoutItsCredentials(t *testing.T) {
	found := containerdMachine(t).inspect(t)
	for _, secret := range []string{"pa\\\"ss", "hunter2", "Bearer", "robot"} {
		if strings.Contains(found.Main+found.Effective, secret) {
			t.Errorf("%s is told: %s", secret, found.Main)
		}
	}
	for _, kept := range []string{"pause:3.10", `default_runtime_name = "runc"`, "windlass-hidden-m0", `username = "u"`} {
		if !strings.Contains(found.Main, kept) {
			t.Errorf("%s is missing: %s", kept, found.Main)
		}
	}
}

func TestPutsCredentialsBackAndReloadsOnceForAChange(t *testing.T) {
	m := containerdMachine(t)
	found := m.inspect(t)
	want(t, m.write(mainFile, found.Main+"# more\n", found.Fingerprint), Succeeded, "")
	if m.read(mainFile) != mainText+"# more\n" {
		t.Error(m.read(mainFile))
	}
	reloads := func() int {
		count := 0
		for _, call := range m.calls("systemctl") {
			if call == "systemctl restart containerd" {
				count++
			}
		}
		return count
	}
	found = m.inspect(t)
	want(t, m.write(mainFile, found.Main, found.Fingerprint), Succeeded, "")
	if reloads() != 1 {
		t.Error(m.calls("systemctl"))
	}
}

func TestAsksForAnotherLookWhenTheConfigurationHasChanged(t *testing.T) {
	m := containerdMachine(t)
	found := m.inspect(t)
	m.file(mainFile, mainText+"# by somebody else\n")
	if got := m.write(mainFile, found.Main+"# more\n", found.Fingerprint); got.state != Stale {
		t.Errorf("%+v", got)
	}
	if len(m.calls("systemctl")) != 0 || m.read(mainFile) != mainText+"# by somebody else\n" {
		t.Error("something was done")
	}
}

func TestReloadsAfterAnInterruptionBetweenFileAndReload(t *testing.T) {
	m := containerdMachine(t)
	found := m.inspect(t)
	dropIn := "/etc/containerd/conf.d/99-nvidia.toml"
	m.program("systemctl", "[ -e $R/once ] || { : >$R/once; kill -9 $PPID; exit 1; }")
	if got := m.write(dropIn, "version = 2\n", found.Fingerprint); !got.retries() {
		t.Fatalf("%+v", got)
	}
	want(t, m.write(dropIn, "version = 2\n", found.Fingerprint), Succeeded, "")
	if calls := m.calls("systemctl"); len(calls) != 3 || m.host.exists("/run/windlass/reload-runtime") {
		t.Error(calls)
	}
}

func TestBottlerocketGetsOnlyTheSettingsThatDiffer(t *testing.T) {
	m := newMachine(t, "bottlerocket")
	settings := map[string]any{"kubernetes": map[string]any{"nvidia": map[string]any{"device-plugin": map[string]any{"device-id-strategy": "index"}}}, "motd": "hi"}
	var calls []string
	m.file("/run/x", "")
	listener, err := net.Listen("unix", filepath.Join(m.root, "run/api.sock"))
	if err != nil {
		t.Fatal(err)
	}
	api := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls = append(calls, r.Method+" "+r.URL.RequestURI())
		if r.Method == http.MethodPatch {
			body, _ := io.ReadAll(r.Body)
			var patch map[string]any
			_ = json.Unmarshal(body, &patch)
			settings = mergePatch(settings, patch)
		}
		_ = json.NewEncoder(w).Encode(settings)
	})}
	go func() { _ = api.Serve(listener) }()
	defer api.Close()
	do := func(text string) outcome {
		return m.host.perform(context.Background(), &Task{Name: "bottlerocket", Settings: text})
	}
	wanted := `{"kubernetes":{"nvidia":{"device-plugin":{"device-sharing-strategy":"time-slicing","time-slicing":{"replicas":4}}}}}`
	want(t, do(wanted), Succeeded, "")
	want(t, do(wanted), Succeeded, "")
	if got := strings.Join(calls, ","); got != "GET /settings,PATCH /settings?tx=windlass,POST /tx/commit_and_apply?tx=windlass,GET /settings" {
		t.Error(got)
	}
	boot := m.host.perform(context.Background(), &Task{Name: "reboot", TimeoutSeconds: 1})
	if !boot.retries() || calls[len(calls)-1] != "POST /actions/reboot" {
		t.Errorf("%+v %v", boot, calls)
	}
	want(t, do(`{"host-containers":{"admin":{"enabled":true}}}`), Failed, "UnknownTask")
}
