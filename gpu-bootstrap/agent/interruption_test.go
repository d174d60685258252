package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// metadata is a cloud's metadata server; it answers what it is told to, and only with the header that the cloud asks for.
type metadata struct {
	*httptest.Server
	mutex   sync.Mutex
	header  [2]string
	answers map[string]string
}

func newMetadata(t *testing.T, header, value string) *metadata {
	m := &metadata{header: [2]string{header, value}, answers: map[string]string{}}
	m.Server = httptest.NewServer(m)
	t.Cleanup(m.Close)
	return m
}

func (m *metadata) say(path, text string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.answers[path] = text
}

func (m *metadata) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	text, known := m.answers[r.URL.Path]
	if !known || r.Header.Get(m.header[0]) != m.header[1] {
		http.Error(w, "<html>no</html>", http.StatusBadRequest)
		return
	}
	_, _ = w.Write([]byte(text))
}

// machineOf is a root folder whose firmware names a cloud.
func machineOf(t *testing.T, name, value string) string {
	root := t.TempDir()
	folder := filepath.Join(root, "sys/class/dmi/id")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), []byte(value+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return root
}

// watching runs notices until the test ends, without pauses worth the name.
func watching(t *testing.T, s *server, root, address string) {
	token, ca := s.credentials(t)
	api, err := newAPI(s.URL, "one", token, ca)
	if err != nil {
		t.Fatal(err)
	}
	notices := newNotices(root, address, api)
	if notices == nil {
		t.Fatal("the cloud was not recognised")
	}
	notices.pause = func(ctx context.Context, _ time.Duration) { sleep(ctx, time.Millisecond) }
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { notices.Run(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
}

const azureEvents = "/metadata/scheduledevents"

func TestTellsOfThisMachinesEvictionOnAzure(t *testing.T) {
	m := newMetadata(t, "Metadata", "true")
	m.say("/metadata/instance/compute/name", "spot_3")
	m.say(azureEvents, `{"DocumentIncarnation":1,"Events":[]}`)
	s := newServer(t, `{"step":"Driver"}`)
	watching(t, s, machineOf(t, "chassis_asset_tag", azureAssetTag), m.URL)

	m.say(azureEvents, `{"Events":[
		{"EventType":"Preempt","Resources":["spot_2"],"NotBefore":"Sat, 01 Aug 2026 05:40:00 GMT"},
		{"EventType":"Freeze","Resources":["spot_3"],"NotBefore":"Sat, 01 Aug 2026 05:40:30 GMT"},
		{"EventType":"Preempt","Resources":["spot_3"],"NotBefore":"Sat, 01 Aug 2026 05:41:02 GMT"}]}`)
	s.until(t, "the notice", func(status Status) bool {
		return status.Interruption != nil && *status.Interruption == Interruption{"2026-08-01T05:41:02Z", "Preempt", "azure"}
	})

	m.say(azureEvents, "<html>a proxy</html>")
	m.say(azureEvents, `{"Events":[]}`)
	s.until(t, "the end of the notice", func(status Status) bool { return status.Interruption == nil })
}

func TestTellsOfAPreemptionOnGoogleCloud(t *testing.T) {
	m := newMetadata(t, "Metadata-Flavor", "Google")
	m.say("/computeMetadata/v1/instance/preempted", "FALSE")
	s := newServer(t, `{"step":"Driver"}`)
	watching(t, s, machineOf(t, "sys_vendor", "Google"), m.URL)

	m.say("/computeMetadata/v1/instance/preempted", "TRUE")
	s.until(t, "the notice", func(status Status) bool { return status.Interruption != nil })
	first := *s.status().Interruption
	at, err := time.Parse(time.RFC3339, first.At)
	if err != nil || first.Kind != "Preempt" || first.Source != "gcp" || time.Until(at) > preemptionDelay {
		t.Errorf("%+v", first)
	}
}

func TestAsksNoMetadataServerElsewhere(t *testing.T) {
	for name, value := range map[string]string{"sys_vendor": "Amazon EC2", "chassis_asset_tag": "No Asset Tag"} {
		if newNotices(machineOf(t, name, value), metadataServer, nil) != nil {
			t.Errorf("%s %s", name, value)
		}
	}
}

func TestDatesANoticeThatIsRepeatedOnce(t *testing.T) {
	told := &Interruption{"2026-08-01T05:41:02Z", "Preempt", "gcp"}
	later := &Interruption{"2026-08-01T05:41:07Z", "Preempt", "gcp"}
	if !same(told, later) || same(told, nil) || same(nil, told) || !same(nil, nil) {
		t.Error("a notice is known by its kind and its source")
	}
}
