package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"reflect"
	"slices"
)

const bottlerocketSocket = "/run/api.sock"

// The settings that a stack may change; every other one is the cluster's.
var bottlerocketSections = []string{"kubernetes", "nvidia-container-runtime"}

// applyBottlerocketSettings changes settings through the API that is Bottlerocket's only way, in one transaction, and
// only if one of them differs.
func (h Host) applyBottlerocketSettings(ctx context.Context, text string) outcome {
	var wanted map[string]any
	if err := json.Unmarshal([]byte(text), &wanted); err != nil {
		return failed("UnknownTask", "the settings are not an object: "+err.Error())
	}
	for section := range wanted {
		if !slices.Contains(bottlerocketSections, section) {
			return failed("UnknownTask", "the agent does not change settings."+section)
		}
	}
	api := h.bottlerocket()
	defer api.client.CloseIdleConnections()
	var present map[string]any
	answer, err := api.call(ctx, http.MethodGet, "/settings", nil)
	if err == nil {
		err = json.Unmarshal(answer, &present)
	}
	if err != nil {
		return again("the settings can't be read: " + err.Error())
	}
	if contains(present, wanted) {
		return succeeded("nothing to do")
	}
	if _, err := api.call(ctx, http.MethodPatch, "/settings?tx=windlass", []byte(text)); err != nil {
		return failed("RuntimeNotConfigured", "the settings are refused: "+err.Error())
	}
	if _, err := api.call(ctx, http.MethodPost, "/tx/commit_and_apply?tx=windlass", nil); err != nil {
		return again("the settings can't be applied: " + err.Error())
	}
	return succeeded("done")
}

// contains says whether all wanted values are there.
func contains(present, wanted any) bool {
	table, ok := wanted.(map[string]any)
	if !ok {
		return reflect.DeepEqual(present, wanted)
	}
	there, ok := present.(map[string]any)
	for key, value := range table {
		if !ok || !contains(there[key], value) {
			return false
		}
	}
	return ok
}

type bottlerocketAPI struct{ client *http.Client }

func (h Host) bottlerocket() bottlerocketAPI {
	return bottlerocketAPI{&http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", h.path(bottlerocketSocket))
		},
	}}}
}

func (a bottlerocketAPI) call(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://localhost"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := a.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err == nil && response.StatusCode/100 != 2 {
		err = fmt.Errorf("%s: %s", response.Status, brief(string(text)))
	}
	return text, err
}
