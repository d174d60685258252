package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	metadataServer  = "http://169.254.169.254"
	azureAssetTag   = "7783-7084-3265-9085-8269-3286-77"
	noticePause     = 5 * time.Second
	noticeTimeout   = 10 * time.Second
	preemptionDelay = 30 * time.Second
	maxNotice       = 64 << 10
)

// Interruption is that the cloud takes the machine away, as it says inside the machine alone.
type Interruption struct {
	At     string `json:"at"`
	Kind   string `json:"kind"`
	Source string `json:"source"`
}

// Notices asks a cloud's metadata server whether this machine goes, and tells the daemon when that changes.
type Notices struct {
	api    *API
	read   func(ctx context.Context) (*Interruption, error)
	pause  func(ctx context.Context, length time.Duration)
	client *http.Client
	server string
	name   string
}

// newNotices is nil on a machine whose cloud has no such server.
func newNotices(root, server string, api *API) *Notices {
	n := &Notices{api: api, pause: sleep, server: server}
	n.client = &http.Client{Timeout: noticeTimeout, Transport: &http.Transport{MaxIdleConns: 1, IdleConnTimeout: time.Minute}}
	switch {
	case firmware(root, "chassis_asset_tag") == azureAssetTag:
		n.read = n.azure
	case firmware(root, "sys_vendor") == "Google":
		n.read = n.gcp
	default:
		return nil
	}
	return n
}

func firmware(root, name string) string {
	text, _ := os.ReadFile(filepath.Join(root, "sys/class/dmi/id", name))
	return strings.TrimSpace(string(text))
}

// Run goes on until its context ends.
func (n *Notices) Run(ctx context.Context) {
	trouble := ""
	for told := new(Interruption); ctx.Err() == nil; n.pause(ctx, noticePause) {
		notice, err := n.read(ctx)
		if err == nil && !same(notice, told) {
			if err = n.tell(ctx, notice); err == nil {
				told = notice
			}
		}
		if err != nil && err.Error() != trouble && ctx.Err() == nil {
			trouble = err.Error()
			slog.Warn("notices of interruption could not be read or told", "error", trouble)
		}
	}
}

// same leaves out the time: a preemption without one is dated when it is first seen.
func same(one, other *Interruption) bool {
	if one == nil || other == nil {
		return one == other
	}
	return one.Kind == other.Kind && one.Source == other.Source
}

func (n *Notices) tell(ctx context.Context, notice *Interruption) error {
	node, err := n.api.get(ctx)
	if err != nil {
		return err
	}
	if same(notice, node.Status.Interruption) {
		return nil
	}
	_, err = n.api.writeStatus(ctx, node.Metadata.UID, map[string]any{"interruption": notice})
	return err
}

// azure reads scheduled events, which name the machines of a set that they concern. A frozen or rebooted one stays.
func (n *Notices) azure(ctx context.Context) (*Interruption, error) {
	if n.name == "" {
		name, err := n.get(ctx, "/metadata/instance/compute/name?api-version=2021-02-01&format=text")
		if err != nil {
			return nil, err
		}
		n.name = strings.TrimSpace(string(name))
	}
	text, err := n.get(ctx, "/metadata/scheduledevents?api-version=2020-07-01")
	if err != nil {
		return nil, err
	}
	var answer struct {
		Events []struct {
			EventType string
			Resources []string
			NotBefore string
		}
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, fmt.Errorf("scheduled events: %w", err)
	}
	for _, each := range answer.Events {
		ends := slices.Contains([]string{"Preempt", "Terminate", "Redeploy"}, each.EventType)
		if ends && slices.Contains(each.Resources, n.name) {
			at, err := time.Parse(time.RFC1123, each.NotBefore)
			if err != nil {
				at = time.Now()
			}
			return &Interruption{At: at.UTC().Format(time.RFC3339), Kind: each.EventType, Source: "azure"}, nil
		}
	}
	return nil, nil
}

// gcp reads whether the machine has been preempted; it is stopped half a minute later.
func (n *Notices) gcp(ctx context.Context) (*Interruption, error) {
	text, err := n.get(ctx, "/computeMetadata/v1/instance/preempted")
	if err != nil || strings.TrimSpace(string(text)) != "TRUE" {
		return nil, err
	}
	return &Interruption{At: time.Now().Add(preemptionDelay).UTC().Format(time.RFC3339), Kind: "Preempt", Source: "gcp"}, nil
}

func (n *Notices) get(ctx context.Context, path string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, n.server+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Metadata", "true")
	request.Header.Set("Metadata-Flavor", "Google")
	response, err := n.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxNotice))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", path, response.Status, brief(string(text)))
	}
	return text, err
}
