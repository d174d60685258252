package dev.windlass.provider.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.Notices.Kind;
import dev.windlass.provider.spi.Notices.Notice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTest {
  @ParameterizedTest
  @CsvSource({
    "'', i-1, aws:///zone/i-1, aws:///zone/i-1, true",
    "'', i-1, aws:///zone/i-11, aws:///zone/i-11, false",
    "'', 42, gce://p/z/name, 42, true",
    "gce://p/z/name, 42, gce://p/z/name, 43, false",
    "gce://p/z/name, '', gce://p/z/name, 43, true",
    "gce://p/z/other, '', gce://p/z/name, 43, false"
  })
  void concernsTheMachineThatItsIdOrElseItsNameMeans(
      String providerId, String instance, String value, String incarnation, boolean concerns) {
    Notice notice = new Notice("key", providerId, instance, Kind.INTERRUPTION, null);

    assertThat(notice.concerns(new InstanceId(value, incarnation))).isEqualTo(concerns);
  }
}
