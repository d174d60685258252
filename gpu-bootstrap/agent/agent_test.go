package main

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is one GpuNode behind the Kubernetes API, with merge patches and watches.
type server struct {
	*httptest.Server
	mutex   sync.Mutex
	changed chan struct{}
	node    map[string]any
	version int
	states  []string
}

func newServer(t *testing.T, spec string) *server {
	s := &server{changed: make(chan struct{}), version: 1}
	s.node = map[string]any{"metadata": map[string]any{"name": "one", "uid": "u1"}}
	s.ask(spec)
	s.Server = httptest.NewTLSServer(s)
	t.Cleanup(s.Close)
	return s
}

// ask replaces the spec, as the daemon does.
func (s *server) ask(spec string) {
	var value any
	if err := json.Unmarshal([]byte(spec), &value); err != nil {
		panic(err)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.node["spec"] = value
	s.touch()
}

func (s *server) touch() {
	s.version++
	s.node["metadata"].(map[string]any)["resourceVersion"] = strings.Repeat("1", s.version)
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *server) status() Status {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	text, _ := json.Marshal(s.node)
	var node GpuNode
	_ = json.Unmarshal(text, &node)
	return node.Status
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if r.Header.Get("Authorization") != "Bearer secret" {
		http.Error(w, "who are you?", http.StatusUnauthorized)
		return
	}
	switch {
	case r.URL.Query().Get("watch") == "true":
		if r.URL.Query().Get("fieldSelector") != "metadata.name=one" {
			http.Error(w, "not yours", http.StatusForbidden)
			return
		}
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		for r.URL.Query().Get("resourceVersion") == s.node["metadata"].(map[string]any)["resourceVersion"] {
			changed := s.changed
			s.mutex.Unlock()
			select {
			case <-changed:
			case <-r.Context().Done():
			}
			s.mutex.Lock()
			if r.Context().Err() != nil {
				return
			}
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"type": "MODIFIED", "object": s.node})
	case r.Method == http.MethodPatch && r.URL.Path == resourcePath+"/one/status":
		var patch map[string]any
		_ = json.NewDecoder(r.Body).Decode(&patch)
		status, _ := s.node["status"].(map[string]any)
		s.node["status"] = mergePatch(status, patch["status"].(map[string]any))
		if task, ok := patch["status"].(map[string]any)["task"].(map[string]any); ok {
			s.states = append(s.states, task["state"].(string))
		}
		s.touch()
		_ = json.NewEncoder(w).Encode(s.node)
	case r.Method == http.MethodGet && r.URL.Path == resourcePath+"/one":
		_ = json.NewEncoder(w).Encode(s.node)
	default:
		http.Error(w, "forbidden", http.StatusForbidden)
	}
}

func mergePatch(target, patch map[string]any) map[string]any {
	if target == nil {
		target = map[string]any{}
	}
	for key, value := range patch {
		table, ok := value.(map[string]any)
		switch {
		case value == nil:
			delete(target, key)
		case ok:
			old, _ := target[key].(map[string]any)
			target[key] = mergePatch(old, table)
		default:
			target[key] = value
		}
	}
	return target
}

func (s *server) credentials(t *testing.T) (string, string) {
	folder := t.TempDir()
	token, ca := filepath.Join(folder, "token"), filepath.Join(folder, "ca.crt")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if os.WriteFile(token, []byte("secret\n"), 0o600) != nil || os.WriteFile(ca, certificate, 0o600) != nil {
		t.Fatal("no credentials")
	}
	return token, ca
}

// agent runs until the test ends, and does not wait between tries.
func (s *server) agent(t *testing.T, host Host) context.CancelFunc {
	token, ca := s.credentials(t)
	api, err := newAPI(s.URL, "one", token, ca)
	if err != nil {
		t.Fatal(err)
	}
	agent := newAgent(host, api)
	agent.pause = func(context.Context, time.Duration) {}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { agent.Run(ctx); close(done) }()
	stop := func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

// until waits for a status that is as it should be.
func (s *server) until(t *testing.T, what string, right func(Status) bool) Status {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		s.mutex.Lock()
		changed := s.changed
		s.mutex.Unlock()
		if status := s.status(); right(status) {
			return status
		}
		select {
		case <-changed:
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Fatalf("not in time: %s; status %+v", what, s.status())
	return Status{}
}

const driverTask = `{"stack":"usual","step":"Driver","operationId":"op-1","task":{"id":"op-1/1","name":"driver-apt","attempts":3,
"finishesStep":true,"arguments":{"BRANCH":"580","MODULES":"open","COMPILE":"no"}}}`

func ended(id string) func(Status) bool {
	return func(s Status) bool { return s.Task != nil && s.Task.ID == id && s.Task.State != Running }
}

func TestTellsFactsThenDoesTheTaskAndFinishesTheStep(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	s := newServer(t, `{"stack":"usual"}`)
	s.agent(t, m.host)
	s.until(t, "facts", func(s Status) bool { return s.Facts != nil && s.Facts.PciIDs != nil })
	s.ask(driverTask)
	status := s.until(t, "the task", ended("op-1/1"))
	if status.OperationID != "op-1" || len(status.Finished) != 1 || status.Finished[0].Step != "Driver" || status.Failure != nil {
		t.Errorf("%+v", status)
	}
	if !slices.Equal(s.states, []string{Running, Succeeded}) {
		t.Error(s.states)
	}
}

func TestTriesAgainAsOftenAsItMayAndThenSaysWhy(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	m.program("apt-get", "exit 100")
	s := newServer(t, driverTask)
	s.agent(t, m.host)
	status := s.until(t, "the failure", ended("op-1/1"))
	if status.Task.Attempts != 3 || status.Failure == nil || status.Failure.Cause != "DriverInstallFailed" || len(status.Finished) != 0 {
		t.Errorf("%+v %+v", status.Task, status.Failure)
	}
	m.program("apt-get", installsModule)
	s.ask(strings.ReplaceAll(driverTask, "op-1", "op-2"))
	if status = s.until(t, "the second operation", ended("op-2/1")); status.Failure != nil || len(status.Finished) != 1 {
		t.Errorf("%+v", status)
	}
}

func TestRunsATaskAgainThatItWasStoppedIn(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	m.program("dpkg", ": >$R/began; sleep 60")
	s := newServer(t, driverTask)
	stop := s.agent(t, m.host)
	for end := time.Now().Add(time.Minute); !m.host.exists("/began") && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	if status := s.status(); status.Task == nil || status.Task.State != Running {
		t.Fatalf("%+v", status.Task)
	}
	m.program("dpkg", "")
	s.agent(t, m.host)
	if status := s.until(t, "the task", ended("op-1/1")); status.Task.State != Succeeded || status.Task.Attempts != 2 {
		t.Errorf("%+v", status.Task)
	}
}

func TestDoesNoTaskTwice(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	s := newServer(t, driverTask)
	s.agent(t, m.host)()
	s.agent(t, m.host)
	s.until(t, "the task", ended("op-1/1"))
	m.forgetCalls()
	s.ask(strings.Replace(driverTask, `"usual"`, `"other"`, 1))
	s.ask(strings.ReplaceAll(driverTask, "op-1/1", "op-1/2"))
	s.until(t, "the next task", ended("op-1/2"))
	if len(m.calls("apt-get")) != 0 {
		t.Error(m.calls("apt-get"))
	}
}
