package dev.windlass.simulations.feed;

import java.util.List;

/** Nodes and running pods in any number, as kwok makes them, with the fields that nobody needs. */
final class LargeCluster {
  private static final int WORKLOADS = 2_000;

  private LargeCluster() {}

  static List<Feed> feeds(int nodes, int pods) {
    return List.of(
        new Feed("/api/v1/nodes", nodes, LargeCluster::node),
        new Feed("/api/v1/pods", pods, number -> pod(number, nodes)));
  }

  static String node(int number) {
    return """
    {"apiVersion":"v1","kind":"Node","metadata":{"name":"node-%1$d","uid":"00000000-0000-4000-8000-%1$012d",\
    "resourceVersion":"%1$d","creationTimestamp":"2026-11-22T08:00:00Z",\
    "labels":{"beta.kubernetes.io/arch":"amd64","beta.kubernetes.io/os":"linux","kubernetes.io/arch":"amd64",\
    "kubernetes.io/os":"linux","kubernetes.io/hostname":"node-%1$d","pool":"workers",\
    "node.kubernetes.io/instance-type":"m-%2$d","topology.kubernetes.io/zone":"z-%3$d"},\
    "annotations":{"node.alpha.kubernetes.io/ttl":"0"},\
    "managedFields":[{"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"2026-11-22T08:00:00Z",\
    "fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{".":{},"f:pool":{}}}}}]},\
    "spec":{"providerID":"cloud://node-%1$d","podCIDR":"10.0.0.0/24"},\
    "status":{"capacity":{"cpu":"64","memory":"256Gi","pods":"110","ephemeral-storage":"100Gi"},\
    "allocatable":{"cpu":"63","memory":"250Gi","pods":"110","ephemeral-storage":"90Gi"},\
    "conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","message":"kubelet is posting ready status",\
    "lastHeartbeatTime":"2026-11-22T08:00:00Z","lastTransitionTime":"2026-11-22T08:00:00Z"}],\
    "images":[{"names":["registry.example.com/a@sha256:%1$064d","registry.example.com/a:1"],"sizeBytes":1000000}],\
    "nodeInfo":{"kubeletVersion":"v1.36.1","osImage":"linux","kernelVersion":"6.1"}}}\
    """
        .formatted(number, number % 40, number % 3);
  }

  static String pod(int number, int nodes) {
    int workload = number % WORKLOADS;
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"team-%3$d","name":"web-%2$d-5d4f8c-%1$d",\
    "generateName":"web-%2$d-5d4f8c-","uid":"10000000-0000-4000-8000-%1$012d","resourceVersion":"%1$d",\
    "creationTimestamp":"2026-11-22T08:00:00Z","labels":{"app":"web-%2$d","pod-template-hash":"5d4f8c","tier":"backend"},\
    "annotations":{"prometheus.io/scrape":"true"},\
    "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-%2$d-5d4f8c",\
    "uid":"20000000-0000-4000-8000-%2$012d","controller":true,"blockOwnerDeletion":true}],\
    "managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1",\
    "time":"2026-11-22T08:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:generateName":{},\
    "f:labels":{".":{},"f:app":{},"f:tier":{}}},"f:spec":{"f:containers":{}}}}]},\
    "spec":{"nodeName":"node-%4$d","schedulerName":"default-scheduler","serviceAccountName":"default",\
    "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","priority":0,\
    "preemptionPolicy":"PreemptLowerPriority","enableServiceLinks":true,\
    "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},\
    {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],\
    "volumes":[{"name":"kube-api-access","projected":{"sources":[{"serviceAccountToken":{"path":"token"}}]}}],\
    "containers":[{"name":"main","image":"registry.example.com/web:1","ports":[{"containerPort":8080}],\
    "env":[{"name":"A","value":"b"},{"name":"C","value":"d"}],\
    "resources":{"requests":{"cpu":"%5$dm","memory":"512Mi"},"limits":{"memory":"1Gi"}},\
    "readinessProbe":{"httpGet":{"path":"/","port":8080},"periodSeconds":10},\
    "volumeMounts":[{"name":"kube-api-access","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}]},\
    "status":{"phase":"Running","podIP":"10.1.2.3","hostIP":"10.0.0.1","startTime":"2026-11-22T08:00:00Z","qosClass":"Burstable",\
    "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-11-22T08:00:10Z"},\
    {"type":"PodScheduled","status":"True","lastTransitionTime":"2026-11-22T08:00:00Z"}],\
    "containerStatuses":[{"name":"main","ready":true,"restartCount":0,"image":"registry.example.com/web:1",\
    "imageID":"x","state":{"running":{"startedAt":"2026-11-22T08:00:05Z"}}}]}}\
    """
        .formatted(number, workload, workload % 50, number % nodes, 500 + workload);
  }
}
