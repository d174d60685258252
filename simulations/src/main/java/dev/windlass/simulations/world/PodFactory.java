package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes pods from templates. Names are numbered from 1 and the lowest free number is taken, so that
 * a controller whose cache lags asks for a name that exists and is refused, instead of making one
 * pod too many.
 */
final class PodFactory {
  private PodFactory() {}

  static Pod create(HasMetadata owner, PodTemplateSpec template, String name) {
    return new PodBuilder()
        .withMetadata(
            template.getMetadata() == null
                ? new io.fabric8.kubernetes.api.model.ObjectMeta()
                : template.getMetadata().toBuilder().build())
        .editMetadata()
        .withName(name)
        .withNamespace(owner.getMetadata().getNamespace())
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build())
        .endMetadata()
        .withSpec(template.getSpec().toBuilder().build())
        .build();
  }

  /** The lowest free number after the owner's name. */
  static String freeName(HasMetadata owner, Collection<String> taken) {
    Set<String> names = new HashSet<>(taken);
    for (int number = 1; number <= names.size(); number++) {
      String name = name(owner, number);
      if (!names.contains(name)) {
        return name;
      }
    }
    return name(owner, names.size() + 1);
  }

  private static String name(HasMetadata owner, int number) {
    return owner.getMetadata().getName() + "-" + number;
  }
}
