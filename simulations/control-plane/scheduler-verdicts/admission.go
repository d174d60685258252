package main

import (
	"context"
	"fmt"

	v1 "k8s.io/api/core/v1"
	resourcev1 "k8s.io/api/resource/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	core "k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/resource/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	podregistry "k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/resource/deviceclass"
	"k8s.io/kubernetes/pkg/registry/resource/resourceclaim"
	"k8s.io/kubernetes/pkg/registry/resource/resourceclaimtemplate"
	"k8s.io/kubernetes/pkg/registry/resource/resourceslice"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/csinode"
	"k8s.io/kubernetes/pkg/registry/storage/csistoragecapacity"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattachment"
)

// A refusedByServer is an object that the API server would not take.
type refusedByServer struct {
	what     string
	problems error
}

func (e *refusedByServer) Error() string { return e.what + ": " + e.problems.Error() }

// strategies are what the API server does when such an object is created.
type strategies map[schema.GroupKind]rest.RESTCreateStrategy

// strategiesIn asks about namespaces where a claim wants administrator's access.
func strategiesIn(namespaces corev1client.NamespaceInterface) strategies {
	core, storage, resource := v1.SchemeGroupVersion, storagev1.SchemeGroupVersion, resourcev1.SchemeGroupVersion
	return strategies{
		core.WithKind("PersistentVolume").GroupKind():          persistentvolume.Strategy,
		core.WithKind("PersistentVolumeClaim").GroupKind():     persistentvolumeclaim.Strategy,
		storage.WithKind("StorageClass").GroupKind():           storageclass.Strategy,
		storage.WithKind("CSINode").GroupKind():                csinode.Strategy,
		storage.WithKind("CSIDriver").GroupKind():              csidriver.Strategy,
		storage.WithKind("CSIStorageCapacity").GroupKind():     csistoragecapacity.Strategy,
		storage.WithKind("VolumeAttachment").GroupKind():       volumeattachment.Strategy,
		resource.WithKind("DeviceClass").GroupKind():           deviceclass.Strategy,
		resource.WithKind("ResourceSlice").GroupKind():         resourceslice.Strategy,
		resource.WithKind("ResourceClaim").GroupKind():         resourceclaim.NewStrategy(namespaces, nil),
		resource.WithKind("ResourceClaimTemplate").GroupKind(): resourceclaimtemplate.NewStrategy(namespaces),
	}
}

// admit replaces the case's pods and nodes by what the API server would store, and returns its other objects so.
func (each *testCase) admit(known strategies) ([]runtime.Object, error) {
	for i := range each.Nodes {
		legacyscheme.Scheme.Default(&each.Nodes[i])
	}
	for _, pods := range [][]v1.Pod{each.Running, each.Nominated} {
		for i := range pods {
			if err := admitPod(&pods[i]); err != nil {
				return nil, err
			}
		}
	}
	if err := admitPod(&each.Pending); err != nil {
		return nil, err
	}
	var objects []runtime.Object
	for _, written := range each.Objects {
		object, err := known.admit(written)
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
	return objects, nil
}

// admitPod does with a pod what the API server does when it is created; its status stays as it is.
func admitPod(pod *v1.Pod) error {
	written := pod.DeepCopy()
	legacyscheme.Scheme.Default(pod)
	internal := &core.Pod{}
	if err := legacyscheme.Scheme.Convert(pod, internal, nil); err != nil {
		return err
	}
	if err := prepare(podregistry.Strategy, internal, "pod "+pod.Name, pod.Namespace); err != nil {
		return err
	}
	admitted := &v1.Pod{}
	if err := legacyscheme.Scheme.Convert(internal, admitted, nil); err != nil {
		return err
	}
	admitted.TypeMeta = written.TypeMeta
	admitted.Status = written.Status
	admitted.DeletionTimestamp = written.DeletionTimestamp
	*pod = *admitted
	return nil
}

// admit defaults an object and checks that the API server would take it; its status stays as it is.
func (s strategies) admit(written []byte) (runtime.Object, error) {
	object, kind, err := legacyscheme.Codecs.UniversalDeserializer().Decode(written, nil, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", written, err)
	}
	legacyscheme.Scheme.Default(object)
	strategy, known := s[kind.GroupKind()]
	if !known {
		return nil, fmt.Errorf("no case has objects of kind %s", kind)
	}
	internal, err := legacyscheme.Scheme.ConvertToVersion(object.DeepCopyObject(), runtime.InternalGroupVersioner)
	if err != nil {
		return nil, err
	}
	metadata, err := meta.Accessor(object)
	if err != nil {
		return nil, err
	}
	return object, prepare(strategy, internal, kind.Kind+" "+metadata.GetName(), metadata.GetNamespace())
}

func prepare(strategy rest.RESTCreateStrategy, internal runtime.Object, what, namespace string) error {
	group, version := "", "v1"
	if kinds, _, err := legacyscheme.Scheme.ObjectKinds(internal); err == nil {
		group = kinds[0].Group
	}
	ctx := genericapirequest.WithNamespace(context.Background(), namespace)
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{APIGroup: group, APIVersion: version})
	strategy.PrepareForCreate(ctx, internal)
	if problems := strategy.Validate(ctx, internal); len(problems) > 0 {
		return &refusedByServer{what, problems.ToAggregate()}
	}
	return nil
}
