package dev.windlass.core.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Puts pods of one shape wherever they may go. Rules that look at more than a host see a node only
 * through its class, so they are asked once for each class; a block of nodes without room is passed
 * at once.
 */
final class Fill {
  /** Rules that other domains may loosen let a node take pods that refused one before. */
  private static final int MAX_SWEEPS = 1_000;

  private final Workspace workspace;
  private final List<NodeClass> classes = new ArrayList<>();
  private final PodShape shape;
  private final ObjIntConsumer<Slot> placed;

  Fill(Workspace workspace, List<NodeClass> classes, PodShape shape, ObjIntConsumer<Slot> placed) {
    this.workspace = workspace;
    this.shape = shape;
    this.placed = placed;
    for (NodeClass each : classes) {
      if (!each.blocks().isEmpty() && workspace.allows(shape, each)) {
        this.classes.add(each);
      }
    }
  }

  int place(int wanted) {
    int left = wanted;
    if (shape.rules.refusesForGood()) {
      for (NodeClass each : classes) {
        left -= left > 0 ? new Cursor(each).place(left, Integer.MAX_VALUE) : 0;
      }
      return wanted - left;
    }
    for (int sweep = 0; left > 0 && sweep < MAX_SWEEPS; sweep++) {
      int before = left;
      left -= sweep(left);
      if (left == before) {
        break;
      }
    }
    return wanted - left;
  }

  /** Visits the classes in turn, one node of each at a time, so that all domains fill evenly. */
  private int sweep(int wanted) {
    List<Cursor> cursors = new ArrayList<>(classes.stream().map(Cursor::new).toList());
    int left = wanted;
    boolean moved = true;
    while (left > 0 && moved) {
      moved = false;
      for (Cursor cursor : cursors) {
        int here = left > 0 ? cursor.place(left, 1) : 0;
        left -= here;
        moved |= here > 0;
      }
      cursors.removeIf(Cursor::atEnd);
    }
    return wanted - left;
  }

  /** A place among the nodes of a class; those before it have no room for the shape. */
  private final class Cursor {
    private final NodeClass nodes;
    private int block;
    private int slot;

    private Cursor(NodeClass nodes) {
      this.nodes = nodes;
    }

    private boolean atEnd() {
      return block >= nodes.blocks().size();
    }

    /** Puts pods on at most so many nodes; a node stays the next one as long as it takes some. */
    private int place(int wanted, int atMost) {
      int left = wanted;
      int visited = 0;
      while (!atEnd() && left > 0 && visited < atMost) {
        SlotBlock here = nodes.blocks().get(block);
        if (slot == 0 && !here.mayHold(shape.requests)) {
          block++;
          continue;
        }
        if (!PodRules.mayEnter(shape.rules, nodes)) {
          break;
        }
        if (slot == here.slots().size()) {
          here.tighten();
          slot = 0;
          block++;
          continue;
        }
        int count = workspace.placeAllowed(shape, here.slots().get(slot), left);
        if (count > 0) {
          placed.accept(here.slots().get(slot), count);
          left -= count;
          visited++;
        } else {
          slot++;
        }
      }
      return wanted - left;
    }
  }
}
