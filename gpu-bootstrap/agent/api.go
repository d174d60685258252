package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

const (
	resourcePath  = "/apis/windlass.dev/v1alpha1/gpunodes"
	watchSeconds  = 240
	answerTimeout = 30 * time.Second
	shortestWatch = time.Second
	maxAnswer     = 1 << 20
)

var errNotFound = errors.New("there is no GpuNode of this name")

// API is the Kubernetes API as one node's agent needs it: its own GpuNode, and nothing else.
type API struct {
	server    string
	node      string
	tokenFile string
	client    *http.Client
}

// newAPI trusts the given certificates alone. The token is read for each request, since it is replaced every hour.
func newAPI(server, node, tokenFile, caFile string) (*API, error) {
	ca, err := os.ReadFile(caFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca) {
		return nil, fmt.Errorf("%s has no certificate", caFile)
	}
	transport := &http.Transport{
		TLSClientConfig:       &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   answerTimeout,
		ResponseHeaderTimeout: answerTimeout,
		MaxIdleConns:          2,
		IdleConnTimeout:       time.Minute,
	}
	return &API{strings.TrimSuffix(server, "/"), node, tokenFile, &http.Client{Transport: transport}}, nil
}

// get reads the GpuNode; errNotFound while the daemon has not made one.
func (a *API) get(ctx context.Context) (*GpuNode, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	answer, err := a.call(ctx, http.MethodGet, resourcePath+"/"+url.PathEscape(a.node), "", nil)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	var node GpuNode
	if err := json.NewDecoder(io.LimitReader(answer, maxAnswer)).Decode(&node); err != nil {
		return nil, err
	}
	return &node, nil
}

// watch returns at the first change after a version, or when there was none for some minutes; an error when it ends at once.
func (a *API) watch(ctx context.Context, version string) error {
	ctx, cancel := context.WithTimeout(ctx, (watchSeconds+30)*time.Second)
	defer cancel()
	values := url.Values{
		"watch":           {"true"},
		"fieldSelector":   {"metadata.name=" + a.node},
		"timeoutSeconds":  {fmt.Sprint(watchSeconds)},
		"resourceVersion": {version},
	}
	began := time.Now()
	answer, err := a.call(ctx, http.MethodGet, resourcePath+"?"+values.Encode(), "", nil)
	if err != nil {
		return err
	}
	defer answer.Close()
	var event struct {
		Type string `json:"type"`
	}
	err = json.NewDecoder(io.LimitReader(answer, maxAnswer)).Decode(&event)
	if errors.Is(err, io.EOF) && time.Since(began) > shortestWatch {
		return nil
	}
	return err
}

// writeStatus replaces fields of the status, if the GpuNode is still the one that was read.
func (a *API) writeStatus(ctx context.Context, uid string, fields map[string]any) (*GpuNode, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	body, err := json.Marshal(map[string]any{"metadata": map[string]any{"uid": uid}, "status": fields})
	if err != nil {
		return nil, err
	}
	answer, err := a.call(ctx, http.MethodPatch, resourcePath+"/"+url.PathEscape(a.node)+"/status", "application/merge-patch+json", body)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	var node GpuNode
	if err := json.NewDecoder(io.LimitReader(answer, maxAnswer)).Decode(&node); err != nil {
		return nil, err
	}
	return &node, nil
}

func (a *API) call(ctx context.Context, method, path, kind string, body []byte) (io.ReadCloser, error) {
	token, err := os.ReadFile(a.tokenFile)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, a.server+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	request.Header.Set("Accept", "application/json")
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	response, err := a.client.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode/100 == 2 {
		return response.Body, nil
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound {
		return nil, errNotFound
	}
	text, _ := io.ReadAll(io.LimitReader(response.Body, 4<<10))
	return nil, fmt.Errorf("%s %s: %s: %s", method, path, response.Status, brief(string(text)))
}
