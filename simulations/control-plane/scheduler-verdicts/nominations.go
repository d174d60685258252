package main

import (
	v1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework"
)

// nominations are pods that wait for a node which they have been promised, by that node.
type nominations map[string][]fwk.PodInfo

func nominationsOf(pods []v1.Pod) (nominations, error) {
	found := nominations{}
	for i := range pods {
		info, err := framework.NewPodInfo(&pods[i])
		if err != nil {
			return nil, err
		}
		node := pods[i].Status.NominatedNodeName
		found[node] = append(found[node], info)
	}
	return found, nil
}

func (n nominations) NominatedPodsForNode(node string) []fwk.PodInfo { return n[node] }

// A case stands still: nothing is nominated while it is judged.

func (n nominations) AddNominatedPod(klog.Logger, fwk.PodInfo, *fwk.NominatingInfo) {}

func (n nominations) DeleteNominatedPodIfExists(*v1.Pod) {}

func (n nominations) UpdateNominatedPod(klog.Logger, *v1.Pod, fwk.PodInfo) {}

// afterNominations is the case once the nominated pods run.
func (each *testCase) afterNominations() *testCase {
	after := *each
	after.Running = append([]v1.Pod{}, each.Running...)
	for _, pod := range each.Nominated {
		bound := *pod.DeepCopy()
		bound.Spec.NodeName = pod.Status.NominatedNodeName
		after.Running = append(after.Running, bound)
	}
	after.Nominated = nil
	return &after
}
