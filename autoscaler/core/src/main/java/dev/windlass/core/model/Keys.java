package dev.windlass.core.model;

/** Every label, taint and annotation that Windlass reads or writes, once and for all. */
public final class Keys {
  public static final String NODE_GROUP = "windlass.dev/node-group";
  public static final String DISCOVERED = "windlass.dev/discovered";
  public static final String GPU_NOT_READY = "windlass.dev/gpu-not-ready";
  public static final String DISRUPTED = "windlass.dev/disrupted";
  public static final String UNNEEDED_SINCE = "windlass.dev/unneeded-since";

  /** Annotation on a Node whose deletion others delay: since when it has been drained. */
  public static final String DRAINED_SINCE = "windlass.dev/drained-since";

  public static final String GPU_STACK = "windlass.dev/gpu-stack";
  public static final String GPU_STEP = "windlass.dev/gpu-step";

  /** On a Node: the operating system, as the tags of driver images name it. */
  public static final String GPU_SYSTEM = "windlass.dev/gpu-system";

  public static final String GPU_PHASE = "windlass.dev/gpu-phase";

  /** On a Node that came without the startup taint: who added it. */
  public static final String GPU_GATED_BY = "windlass.dev/gpu-gated-by";

  /** Taint on a GPU node whose devices are in trouble. */
  public static final String GPU_UNHEALTHY = "windlass.dev/gpu-unhealthy";

  /** Annotation on such a node: what is being done about it. */
  public static final String GPU_REPAIR = "windlass.dev/gpu-repair";

  /** Type of the condition in a GPU node's status. */
  public static final String GPU_HEALTHY = "windlass.dev/GpuHealthy";

  /** Annotation on a GPU node: the version of its stack that made it. */
  public static final String GPU_STACK_VERSION = "windlass.dev/gpu-stack-version";

  /** Taint on a GPU node that another version of its stack made and that is being replaced. */
  public static final String GPU_OUTDATED = "windlass.dev/gpu-outdated";

  /** Annotation on such a node: since when its replacement has been tried. */
  public static final String GPU_OUTDATED_SINCE = "windlass.dev/gpu-outdated-since";

  public static final String DO_NOT_DISRUPT = "windlass.dev/do-not-disrupt";
  public static final String GPU_MILLI = "windlass.dev/gpu-milli";

  /** On a bound pod: the number of the GPU device that holds its share, from 0. */
  public static final String GPU_INDEX = "windlass.dev/gpu-index";

  /** On a ReplicaScaler: the HorizontalPodAutoscaler that it took over from, as JSON. */
  public static final String ADOPTED_FROM = "windlass.dev/adopted-from";

  public static final String EXCLUDE_FROM_LOAD_BALANCERS =
      "node.kubernetes.io/exclude-from-external-load-balancers";
  public static final String HOSTNAME = "kubernetes.io/hostname";
  public static final String ZONE = "topology.kubernetes.io/zone";
  public static final String REGION = "topology.kubernetes.io/region";
  public static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
  public static final String CAPACITY_TYPE = "windlass.dev/capacity-type";
  public static final String POD_GROUP = "scheduling.x-k8s.io/pod-group";
  public static final String VOLCANO_GROUP = "scheduling.k8s.io/group-name";
  public static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";
  public static final String SAFE_TO_EVICT_VOLUMES =
      "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes";
  public static final String SCALE_DOWN_DISABLED =
      "cluster-autoscaler.kubernetes.io/scale-down-disabled";

  /** On a pending pod: how long after its creation no node is bought for it. */
  public static final String POD_SCALE_UP_DELAY =
      "cluster-autoscaler.kubernetes.io/pod-scale-up-delay";

  /** On a pod of a DaemonSet: whether it is evicted before its node goes. */
  public static final String EVICT_DAEMON = "cluster-autoscaler.kubernetes.io/enable-ds-eviction";

  /** What annotations of a node begin with whose machine somebody still needs. */
  public static final String DELAY_DELETION = "delay-deletion.cluster-autoscaler.kubernetes.io/";

  public static final String DAEMON_SET_POD = "cluster-autoscaler.kubernetes.io/daemonset-pod";
  public static final String KARPENTER_DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt";
  public static final String KARPENTER_NODE_POOL = "karpenter.sh/nodepool";

  /** Taints of nodes that another autoscaler is removing. */
  public static final String KARPENTER_DISRUPTED = "karpenter.sh/disrupted";

  public static final String TO_BE_DELETED = "ToBeDeletedByClusterAutoscaler";

  /** A taint of nodes that Cluster Autoscaler may remove soon; it only advises against them. */
  public static final String DELETION_CANDIDATE = "DeletionCandidateOfClusterAutoscaler";

  /** Taints of nodes that start, and what their names begin with. */
  public static final String KARPENTER_UNREGISTERED = "karpenter.sh/unregistered";

  public static final String STARTUP_TAINTS = "startup-taint.cluster-autoscaler.kubernetes.io/";
  public static final String IGNORED_TAINTS = "ignore-taint.cluster-autoscaler.kubernetes.io/";
  public static final String READINESS_GATES = "readiness.k8s.io/";

  /** What taints begin with that say something of a node's state and not of its group. */
  public static final String STATUS_TAINTS = "status-taint.cluster-autoscaler.kubernetes.io/";

  public static final String MIRROR_POD = "kubernetes.io/config.mirror";

  private Keys() {}
}
