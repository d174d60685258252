package dev.windlass.simulations.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.ContractReplay.Result;
import dev.windlass.simulations.controlplane.ControlPlane;
import dev.windlass.simulations.controlplane.ControlPlane.Account;
import dev.windlass.simulations.controlplane.RealControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded contract is that of the kube-apiserver that is built here. */
class RealContractIT {
  @Test
  void theRealServerAnswersAsItWasRecorded(@TempDir Path folder) throws Exception {
    List<Account> accounts =
        List.of(
            new Account(ContractIT.TOKEN, "admin", "system:masters"),
            new Account("usertoken", "jane", ""));
    try (ControlPlane plane =
            ControlPlane.start(RealControlPlane.binaries(), folder, accounts)
                .withControllersAlone(
                    List.of(
                        "serviceaccount-controller",
                        "namespace-controller",
                        "garbage-collector-controller"));
        HttpClient client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(plane.certificate()))
                .build()) {
      List<Result> results = ContractReplay.all(plane.server(), client);

      assertThat(results.stream().mapToInt(Result::compared).sum()).isGreaterThan(900);
      assertThat(results).flatExtracting(Result::differences).isEmpty();
    }
  }

  private static SSLContext trusting(Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    try (InputStream pem = Files.newInputStream(certificate)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        keys.setCertificateEntry("server" + number++, each);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
