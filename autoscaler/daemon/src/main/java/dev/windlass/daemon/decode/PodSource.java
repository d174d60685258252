package dev.windlass.daemon.decode;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod and a pod template have in common, so that one code reads both.
 *
 * @param field the path at which the spec stands: {@code spec}, or {@code spec.template.spec}
 * @param namespace the pod's namespace
 * @param labels its labels
 * @param annotations its annotations
 * @param spec its spec
 * @param status its status; null for a template
 */
record PodSource(
    String field,
    String namespace,
    Map<String, String> labels,
    Map<String, String> annotations,
    io.fabric8.kubernetes.api.model.PodSpec spec,
    io.fabric8.kubernetes.api.model.@Nullable PodStatus status) {}
