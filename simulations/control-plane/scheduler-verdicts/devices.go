package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	resourcev1 "k8s.io/api/resource/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/dynamic-resource-allocation/deviceclass/extendedresourcecache"
	resourceslicetracker "k8s.io/dynamic-resource-allocation/resourceslice/tracker"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/dynamicresources"
	"k8s.io/kubernetes/pkg/scheduler/util/assumecache"
)

// A deviceManager is what the plugin for dynamic resources asks, and knows when it has seen every object.
type deviceManager struct {
	*dynamicresources.DefaultDRAManager
	slices  *resourceslicetracker.Tracker
	classes cache.ResourceEventHandlerRegistration
	claims  atomic.Int64
}

func newDeviceManager(ctx context.Context, client kubernetes.Interface,
	factory informers.SharedInformerFactory) (*deviceManager, error) {
	slices, err := resourceslicetracker.StartTracker(ctx, resourceslicetracker.Options{
		SliceInformer: factory.Resource().V1().ResourceSlices(),
		KubeClient:    client,
	})
	if err != nil {
		return nil, err
	}
	informer := factory.Resource().V1().ResourceClaims().Informer()
	claims := assumecache.NewAssumeCache(klog.FromContext(ctx), informer, "ResourceClaim", "", nil)
	manager := &deviceManager{
		DefaultDRAManager: dynamicresources.NewDRAManager(ctx, claims, slices, factory),
		slices:            slices,
	}
	// Handlers are called in the order in which they came: when this one knows of a claim, so does the manager.
	claims.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: func(any) { manager.claims.Add(1) }})
	resolver, ok := manager.DeviceClassResolver().(*extendedresourcecache.ExtendedResourceCache)
	if !ok {
		return nil, fmt.Errorf("extended resources from devices are off")
	}
	manager.classes, err = factory.Resource().V1().DeviceClasses().Informer().AddEventHandler(resolver)
	return manager, err
}

// waitFor returns when the manager has seen all claims, classes and slices among the objects.
func (m *deviceManager) waitFor(ctx context.Context, objects []runtime.Object) error {
	var claims int64
	for _, object := range objects {
		if _, ok := object.(*resourcev1.ResourceClaim); ok {
			claims++
		}
	}
	return wait.PollUntilContextTimeout(ctx, 50*time.Microsecond, 10*time.Second, true,
		func(context.Context) (bool, error) {
			return m.claims.Load() == claims && m.classes.HasSynced() && m.slices.HasSynced(), nil
		})
}
