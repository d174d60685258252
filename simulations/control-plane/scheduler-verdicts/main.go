// Scheduler-verdicts asks kube-scheduler's own filters, without a server, where a pod may go.
//
// It reads one case per line as JSON: a cluster and one pending pod, all as Kubernetes objects. Every
// object is admitted first as the API server would: defaulted, prepared, validated. For each case it
// writes one line: the case and, per node, "" or the plugin that refused. A case with an object that the
// API server would refuse, or on which kube-scheduler itself panics, is left out. In
// every fourth case the pods are written as the API server stores them, in the others as their author
// wrote them.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/kubernetes/pkg/scheduler/apis/config"
	configscheme "k8s.io/kubernetes/pkg/scheduler/apis/config/latest"
	"k8s.io/kubernetes/pkg/scheduler/metrics"
)

// storedEvery says how often pods are written as stored; the generator knows it, too.
const storedEvery = 4

// A testCase is one state of a cluster and one pod that waits.
type testCase struct {
	Seed       int64             `json:"seed"`
	Namespaces []v1.Namespace    `json:"namespaces"`
	Nodes      []v1.Node         `json:"nodes"`
	Objects    []json.RawMessage `json:"objects,omitempty"`
	Running    []v1.Pod          `json:"running"`
	Nominated  []v1.Pod          `json:"nominated,omitempty"`
	Pending    v1.Pod            `json:"pending"`
}

// An answer repeats the case and names, for each node, the plugin that refused; "" where the pod may go.
// Bound are the verdicts of the same case whose nominated pods run already.
type answer struct {
	Case     json.RawMessage   `json:"case"`
	Verdicts map[string]string `json:"verdicts"`
	Bound    map[string]string `json:"bound,omitempty"`
}

func main() {
	metrics.Register()
	configuration, err := configscheme.Default()
	if err != nil {
		fail(0, err)
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var each testCase
		if err := json.Unmarshal(lines.Bytes(), &each); err != nil {
			fail(0, err)
		}
		found, err := answerTo(&configuration.Profiles[0], &each, lines.Bytes())
		if errors.As(err, new(*refusedByServer)) || errors.As(err, new(*broken)) {
			fmt.Fprintf(os.Stderr, "case %d left out: %v\n", each.Seed, err)
			continue
		}
		if err != nil {
			fail(each.Seed, err)
		}
		if err := out.Encode(found); err != nil {
			fail(each.Seed, err)
		}
	}
	if err := lines.Err(); err != nil {
		fail(0, err)
	}
}

func answerTo(profile *config.KubeSchedulerProfile, each *testCase, written []byte) (*answer, error) {
	client := fake.NewClientset()
	for i := range each.Namespaces {
		if err := client.Tracker().Add(&each.Namespaces[i]); err != nil {
			return nil, err
		}
	}
	objects, err := each.admit(strategiesIn(client.CoreV1().Namespaces()))
	if err != nil {
		return nil, err
	}
	for _, object := range objects {
		if err := client.Tracker().Add(object); err != nil {
			return nil, err
		}
	}
	found := &answer{Case: written}
	if found.Verdicts, err = judge(profile, each, client, objects); err != nil {
		return nil, err
	}
	if len(each.Nominated) > 0 {
		if found.Bound, err = judge(profile, each.afterNominations(), client, objects); err != nil {
			return nil, err
		}
	}
	if each.Seed%storedEvery == 0 {
		if found.Case, err = json.Marshal(each); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func fail(seed int64, err error) {
	fmt.Fprintf(os.Stderr, "case %d: %v\n", seed, err)
	os.Exit(1)
}
