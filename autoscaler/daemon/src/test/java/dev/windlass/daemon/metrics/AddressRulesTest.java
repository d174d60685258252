package dev.windlass.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  @ParameterizedTest
  @CsvSource({
    "prometheus.monitoring.svc, true",
    "PROMETHEUS.monitoring.svc, true",
    "prometheus.monitoring.svc., true",
    "xprometheus.monitoring.svc, false",
    "a.example.org, true",
    "a.b.example.org, true",
    "example.org, false",
    "notexample.org, false",
    "example.org.evil.net, false",
    "[fd00:0:0:1::1], true",
    "10.0.0.1, false"
  })
  void allowsHostsThatTheConfigurationNames(String host, boolean allowed) {
    AddressRules rules =
        new AddressRules(List.of("prometheus.monitoring.svc", "*.example.org", "fd00:0:0:1::1"));

    assertThat(rules.allows(host)).isEqualTo(allowed);
    assertThat(new AddressRules(List.of()).allows(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "::a9fe:a9fe",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1"
      })
  void refusesMetadataAddressesWhoeverNamesThem(String address) {
    AddressRules rules = new AddressRules(List.of(address));

    assertThat(rules.refuses(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "192.168.1.2", "fd00::7", "203.0.113.9", "64:ff9b::a00:1"})
  void asksOrdinaryAddresses(String address) {
    assertThat(new AddressRules(List.of()).refuses(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void asksItsOwnMachineOnlyWhereTheConfigurationNamesTheAddress() {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");

    assertThat(new AddressRules(List.of("localhost")).refuses(loopback)).isTrue();
    assertThat(new AddressRules(List.of("127.0.0.1")).refuses(loopback)).isFalse();
    assertThat(new AddressRules(List.of("127.0.0.1")).refuses(InetAddress.ofLiteral("::1")))
        .isTrue();
  }
}
