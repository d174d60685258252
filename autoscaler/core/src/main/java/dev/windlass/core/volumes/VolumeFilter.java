package dev.windlass.core.volumes;

import java.util.Optional;

/** One rule about volumes. */
interface VolumeFilter {
  /** Why not a single pod with these needs may go there, or empty when one may. */
  Optional<VolumeRefusal> refuse(VolumeNeeds needs, VolumePlace place);

  /** How many pods with these needs may go there, at most so many as wanted. */
  int room(VolumeNeeds needs, VolumePlace place, int wanted);
}
