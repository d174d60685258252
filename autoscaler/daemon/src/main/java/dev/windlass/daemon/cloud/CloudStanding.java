package dev.windlass.daemon.cloud;

import dev.windlass.provider.spi.GroupView;
import java.util.List;

/**
 * What a person should know of a group's cloud.
 *
 * @param trouble why it could not be read the last time; empty when it could
 * @param remarks what the cloud said of the group when it could
 */
public record CloudStanding(String trouble, List<GroupView.Remark> remarks) {
  public CloudStanding {
    remarks = List.copyOf(remarks);
  }
}
