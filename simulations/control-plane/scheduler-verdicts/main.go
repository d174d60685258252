// Scheduler-verdicts asks kube-scheduler's own filters, without a server, where a pod may go.
//
// It reads one case per line as JSON: nodes, namespaces, running pods and one pending pod, all as
// Kubernetes objects. Pods are admitted first as the API server would: defaulted, prepared, validated.
// For each case it writes one line: the case and, per node, "" or the plugin that refused. A case with a
// pod that the API server would refuse is left out.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/fake"
	resourceslicetracker "k8s.io/dynamic-resource-allocation/resourceslice/tracker"
	"k8s.io/klog/v2"
	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	core "k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	podregistry "k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/scheduler/apis/config"
	configscheme "k8s.io/kubernetes/pkg/scheduler/apis/config/latest"
	"k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/dynamicresources"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/nodevolumelimits"
	frameworkruntime "k8s.io/kubernetes/pkg/scheduler/framework/runtime"
	"k8s.io/kubernetes/pkg/scheduler/metrics"
	"k8s.io/kubernetes/pkg/scheduler/util/assumecache"
)

// A testCase is one state of a cluster and one pod that waits.
type testCase struct {
	Seed       int64          `json:"seed"`
	Namespaces []v1.Namespace `json:"namespaces"`
	Nodes      []v1.Node      `json:"nodes"`
	Running    []v1.Pod       `json:"running"`
	Pending    v1.Pod         `json:"pending"`
}

// An answer repeats the case and names, for each node, the plugin that refused; "" where the pod may go.
type answer struct {
	Case     json.RawMessage   `json:"case"`
	Verdicts map[string]string `json:"verdicts"`
}

// A refusedByServer is a pod that the API server would not take.
type refusedByServer struct{ problems error }

func (e *refusedByServer) Error() string { return e.problems.Error() }

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
		verdicts, err := judge(&configuration.Profiles[0], &each)
		if refused := (*refusedByServer)(nil); errors.As(err, &refused) {
			fmt.Fprintf(os.Stderr, "case %d left out: %v\n", each.Seed, err)
			continue
		}
		if err != nil {
			fail(each.Seed, err)
		}
		if err := out.Encode(answer{lines.Bytes(), verdicts}); err != nil {
			fail(each.Seed, err)
		}
	}
	if err := lines.Err(); err != nil {
		fail(0, err)
	}
}

func fail(seed int64, err error) {
	fmt.Fprintf(os.Stderr, "case %d: %v\n", seed, err)
	os.Exit(1)
}

// judge runs the default profile's filters for the pending pod on every node.
func judge(profile *config.KubeSchedulerProfile, each *testCase) (map[string]string, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var objects []runtime.Object
	for i := range each.Namespaces {
		objects = append(objects, &each.Namespaces[i])
	}
	var nodes []*v1.Node
	for i := range each.Nodes {
		legacyscheme.Scheme.Default(&each.Nodes[i])
		nodes = append(nodes, &each.Nodes[i])
	}
	var running []*v1.Pod
	for i := range each.Running {
		pod, err := admit(&each.Running[i])
		if err != nil {
			return nil, err
		}
		running = append(running, pod)
	}
	pending, err := admit(&each.Pending)
	if err != nil {
		return nil, err
	}
	client := fake.NewClientset(objects...)
	factory := informers.NewSharedInformerFactory(client, 0)
	snapshot := cache.NewSnapshot(running, nodes)
	devices, err := deviceManager(ctx, client, factory)
	if err != nil {
		return nil, err
	}
	filters, err := frameworkruntime.NewFramework(ctx, plugins.NewInTreeRegistry(), profile,
		frameworkruntime.WithSnapshotSharedLister(snapshot),
		frameworkruntime.WithInformerFactory(factory),
		frameworkruntime.WithClientSet(client),
		frameworkruntime.WithSharedDRAManager(devices),
		frameworkruntime.WithSharedCSIManager(nodevolumelimits.NewCSIManager(factory.Storage().V1().CSINodes().Lister())),
	)
	if err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	return verdicts(ctx, filters, snapshot, pending, nodes)
}

// deviceManager is what the plugin for dynamic resources asks; no case has any.
func deviceManager(ctx context.Context, client kubernetes.Interface,
	factory informers.SharedInformerFactory) (fwk.SharedDRAManager, error) {
	claims := factory.Resource().V1().ResourceClaims().Informer()
	slices, err := resourceslicetracker.StartTracker(ctx, resourceslicetracker.Options{
		SliceInformer: factory.Resource().V1().ResourceSlices(),
		KubeClient:    client,
	})
	if err != nil {
		return nil, err
	}
	cached := assumecache.NewAssumeCache(klog.FromContext(ctx), claims, "ResourceClaim", "", nil)
	return dynamicresources.NewDRAManager(ctx, cached, slices, factory), nil
}

// verdicts asks every filter for every node.
func verdicts(ctx context.Context, filters framework.Framework, snapshot *cache.Snapshot,
	pending *v1.Pod, nodes []*v1.Node) (map[string]string, error) {
	state := framework.NewCycleState()
	narrowed, status, _ := filters.RunPreFilterPlugins(ctx, state, pending)
	if !status.IsSuccess() && !status.IsRejected() {
		return nil, status.AsError()
	}
	found := map[string]string{}
	for _, node := range nodes {
		if !status.IsSuccess() {
			found[node.Name] = plugin(status.Plugin())
			continue
		}
		if !narrowed.AllNodes() && !narrowed.NodeNames.Has(node.Name) {
			found[node.Name] = "NodeAffinity"
			continue
		}
		info, err := snapshot.NodeInfos().Get(node.Name)
		if err != nil {
			return nil, err
		}
		filtered := filters.RunFilterPlugins(ctx, state, pending, info)
		switch {
		case filtered.IsSuccess():
			found[node.Name] = ""
		case filtered.IsRejected():
			found[node.Name] = plugin(filtered.Plugin())
		default:
			return nil, filtered.AsError()
		}
	}
	return found, nil
}

// plugin is the refusing plugin; where several refuse together in PreFilter none is named.
func plugin(name string) string {
	if name == "" {
		return "NodeAffinity"
	}
	return name
}

// admit does with a pod what the API server does when it is created.
func admit(written *v1.Pod) (*v1.Pod, error) {
	pod := written.DeepCopy()
	legacyscheme.Scheme.Default(pod)
	internal := &core.Pod{}
	if err := legacyscheme.Scheme.Convert(pod, internal, nil); err != nil {
		return nil, err
	}
	ctx := genericapirequest.WithNamespace(context.Background(), pod.Namespace)
	podregistry.Strategy.PrepareForCreate(ctx, internal)
	if problems := podregistry.Strategy.Validate(ctx, internal); len(problems) > 0 {
		return nil, &refusedByServer{problems.ToAggregate()}
	}
	admitted := &v1.Pod{}
	if err := legacyscheme.Scheme.Convert(internal, admitted, nil); err != nil {
		return nil, err
	}
	admitted.Status = written.Status
	admitted.DeletionTimestamp = written.DeletionTimestamp
	return admitted, nil
}
