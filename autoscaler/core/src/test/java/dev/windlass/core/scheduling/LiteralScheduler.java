package dev.windlass.core.scheduling;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.TopologySpread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The filters read word by word, pod by pod and node by node, with nothing remembered: slow, and
 * sharing nothing with the workspace but the predicates on single nodes.
 */
final class LiteralScheduler {
  /**
   * A node and the pods on it.
   *
   * @param toCome whether kube-scheduler does not see it yet
   */
  record Host(NodeFacts facts, Resources allocatable, List<Pod> pods, boolean toCome) {}

  private final List<Host> hosts;
  private final Map<String, Map<String, String>> namespaceLabels;

  LiteralScheduler(List<Host> hosts, Map<String, Map<String, String>> namespaceLabels) {
    this.hosts = hosts;
    this.namespaceLabels = namespaceLabels;
  }

  boolean fits(Pod pod, Host host) {
    return NodePredicate.refuseAny(pod.spec(), host.facts()).isEmpty()
        && portsFree(pod, host)
        && resourcesFree(pod, host)
        && antiAffinity(pod, host)
        && affinity(pod, host)
        && spread(pod, host);
  }

  private static List<HostPort> ports(Pod pod) {
    List<HostPort> ports = new ArrayList<>();
    pod.spec().containers().forEach(container -> ports.addAll(container.hostPorts()));
    return ports;
  }

  private static boolean portsFree(Pod pod, Host host) {
    for (HostPort wanted : ports(pod)) {
      for (Pod other : host.pods()) {
        if (ports(other).stream().anyMatch(wanted::conflictsWith)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean resourcesFree(Pod pod, Host host) {
    Resources used = Resources.NONE;
    for (Pod other : host.pods()) {
      used = used.plus(EffectiveRequests.of(other.spec()));
    }
    for (Map.Entry<String, Long> wanted : EffectiveRequests.of(pod.spec()).amounts().entrySet()) {
      long free = host.allocatable().get(wanted.getKey()) - used.get(wanted.getKey());
      if (wanted.getValue() > 0 && wanted.getValue() > free) {
        return false;
      }
    }
    return true;
  }

  private boolean antiAffinity(Pod pod, Host host) {
    for (Host other : hosts) {
      for (Pod running : other.pods()) {
        boolean mine =
            pod.spec().rules().podAntiAffinity().stream()
                .anyMatch(term -> selects(term, running) && sameDomain(term, host, other));
        boolean theirs =
            running.spec().rules().podAntiAffinity().stream()
                .anyMatch(term -> selects(term, pod) && sameDomain(term, host, other));
        if (mine || theirs) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean affinity(Pod pod, Host host) {
    List<PodAffinityTerm> terms = pod.spec().rules().podAffinity();
    if (terms.isEmpty()) {
      return true;
    }
    boolean anywhere = false;
    Map<PodAffinityTerm, Boolean> here = new HashMap<>();
    for (Host other : hosts) {
      for (Pod running : other.pods()) {
        if (terms.stream().allMatch(term -> selects(term, running))) {
          for (PodAffinityTerm term : terms) {
            boolean labelled = other.facts().labels().containsKey(term.topologyKey());
            anywhere |= labelled;
            if (sameDomain(term, host, other)) {
              here.put(term, true);
            }
          }
        }
      }
    }
    boolean keys =
        terms.stream().allMatch(term -> host.facts().labels().containsKey(term.topologyKey()));
    boolean first = !anywhere && terms.stream().allMatch(term -> selects(term, pod));
    return keys && (first || here.size() == terms.stream().distinct().count());
  }

  private boolean spread(Pod pod, Host host) {
    for (TopologySpread spread : pod.spec().rules().topologySpread()) {
      Map<String, Integer> counts = new HashMap<>();
      Set<String> domains = new HashSet<>();
      for (Host other : hosts) {
        if (SpreadInclusion.counts(pod.spec(), spread, other.facts())) {
          String domain = other.facts().labels().get(spread.topologyKey());
          int matching =
              (int) other.pods().stream().filter(each -> counted(spread, pod, each)).count();
          counts.merge(domain, matching, Integer::sum);
          if (!other.toCome() || host.toCome()) {
            domains.add(domain);
          }
        }
      }
      String own = host.facts().labels().get(spread.topologyKey());
      if (own == null) {
        return false;
      }
      int minimum =
          domains.size() < Math.max(1, spread.minDomains())
              ? 0
              : domains.stream().mapToInt(counts::get).min().orElse(0);
      int self = spread.selector().matches(pod.metadata().labels()) ? 1 : 0;
      if (counts.getOrDefault(own, 0) + self - minimum > spread.maxSkew()) {
        return false;
      }
    }
    return true;
  }

  private static boolean counted(TopologySpread spread, Pod pod, Pod other) {
    return !spread.selector().isEmpty()
        && other.key().namespace().equals(pod.key().namespace())
        && other.metadata().deletedAt() == null
        && spread.selector().matches(other.metadata().labels());
  }

  private boolean selects(PodAffinityTerm term, Pod pod) {
    String namespace = pod.key().namespace();
    boolean there =
        term.namespaces().contains(namespace)
            || (term.namespaceSelector() != null
                && namespaceLabels.containsKey(namespace)
                && term.namespaceSelector().matches(namespaceLabels.get(namespace)));
    return there && term.selector().matches(pod.metadata().labels());
  }

  private static boolean sameDomain(PodAffinityTerm term, Host one, Host other) {
    String domain = one.facts().labels().get(term.topologyKey());
    return domain != null && domain.equals(other.facts().labels().get(term.topologyKey()));
  }
}
