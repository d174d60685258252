package main

import (
	"context"
	"fmt"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/apis/config"
	"k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/nodevolumelimits"
	frameworkruntime "k8s.io/kubernetes/pkg/scheduler/framework/runtime"
)

// nominatedPods is what refuses when a pod would fit but for others that wait for that node; no plugin of this name exists.
const nominatedPods = "NominatedPods"

// A broken scheduler is one that panicked.
type broken struct{ panicked any }

func (e *broken) Error() string { return fmt.Sprintf("kube-scheduler panics: %v", e.panicked) }

// judge runs the default profile's filters for the pending pod on every node.
func judge(profile *config.KubeSchedulerProfile, each *testCase, client kubernetes.Interface,
	objects []runtime.Object) (_ map[string]string, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = &broken{panicked}
		}
	}()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	nodes, running := pointers(each.Nodes), pointers(each.Running)
	promised, err := nominationsOf(each.Nominated)
	if err != nil {
		return nil, err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	snapshot := cache.NewSnapshot(running, nodes)
	devices, err := newDeviceManager(ctx, client, factory)
	if err != nil {
		return nil, err
	}
	filters, err := frameworkruntime.NewFramework(ctx, plugins.NewInTreeRegistry(), profile,
		frameworkruntime.WithSnapshotSharedLister(snapshot),
		frameworkruntime.WithInformerFactory(factory),
		frameworkruntime.WithClientSet(client),
		frameworkruntime.WithPodNominator(promised),
		frameworkruntime.WithSharedDRAManager(devices),
		frameworkruntime.WithSharedCSIManager(nodevolumelimits.NewCSIManager(factory.Storage().V1().CSINodes().Lister())),
	)
	if err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	if err := devices.waitFor(ctx, objects); err != nil {
		return nil, err
	}
	return verdicts(ctx, filters, snapshot, &each.Pending, nodes)
}

// verdicts asks whether the pod may be scheduled at all, then every filter for every node.
func verdicts(ctx context.Context, filters framework.Framework, snapshot *cache.Snapshot,
	pending *v1.Pod, nodes []*v1.Node) (map[string]string, error) {
	for _, each := range filters.PreEnqueuePlugins() {
		if !each.PreEnqueue(ctx, pending).IsSuccess() {
			return onAll(nodes, each.Name()), nil
		}
	}
	state := framework.NewCycleState()
	narrowed, status, _ := filters.RunPreFilterPlugins(ctx, state, pending)
	if !status.IsSuccess() {
		return onAll(nodes, plugin(status)), nil
	}
	found := map[string]string{}
	for _, node := range nodes {
		if !narrowed.AllNodes() && !narrowed.NodeNames.Has(node.Name) {
			found[node.Name] = "NodeAffinity"
			continue
		}
		info, err := snapshot.NodeInfos().Get(node.Name)
		if err != nil {
			return nil, err
		}
		found[node.Name] = verdict(ctx, filters, state, pending, info)
	}
	return found, nil
}

// verdict is the plugin that refuses the pod on a node, or "". A plugin that fails refuses, too: no pod is bound then.
func verdict(ctx context.Context, filters framework.Framework, state fwk.CycleState, pending *v1.Pod, info fwk.NodeInfo) string {
	if alone := filters.RunFilterPlugins(ctx, state.Clone(), pending, info); !alone.IsSuccess() {
		return plugin(alone)
	}
	if len(filters.NominatedPodsForNode(info.Node().Name)) > 0 &&
		!filters.RunFilterPluginsWithNominatedPods(ctx, state, pending, info).IsSuccess() {
		return nominatedPods
	}
	return ""
}

// plugin is the refusing plugin; where several narrow the nodes to none in PreFilter none is named, and only NodeAffinity narrows.
func plugin(status *fwk.Status) string {
	if status.Plugin() == "" {
		return "NodeAffinity"
	}
	return status.Plugin()
}

func onAll(nodes []*v1.Node, plugin string) map[string]string {
	found := map[string]string{}
	for _, node := range nodes {
		found[node.Name] = plugin
	}
	return found
}

func pointers[T any](values []T) []*T {
	found := make([]*T, len(values))
	for i := range values {
		found[i] = &values[i]
	}
	return found
}
