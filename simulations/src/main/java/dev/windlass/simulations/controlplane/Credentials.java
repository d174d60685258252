package dev.windlass.simulations.controlplane;

import dev.windlass.simulations.controlplane.ControlPlane.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The files that a control plane's programs know each other and their users by. */
final class Credentials {
  static final String SIGNING_KEY = "service-accounts.key";
  static final String TOKENS = "tokens.csv";
  static final String KUBECONFIG = "kubeconfig";

  private Credentials() {}

  static void write(Path folder, List<Account> accounts) {
    write(folder.resolve(SIGNING_KEY), signingKey());
    List<Account> all = new ArrayList<>(accounts);
    all.add(ControlPlane.ADMINISTRATOR);
    StringBuilder lines = new StringBuilder();
    for (Account account : all) {
      lines.append("%s,%s,%s".formatted(account.token(), account.user(), account.user()));
      lines.append(account.group().isEmpty() ? "\n" : ",\"" + account.group() + "\"\n");
    }
    write(folder.resolve(TOKENS), lines.toString());
  }

  /** A kubeconfig of the administrator. */
  static void writeKubeconfig(Path folder, URI server, Path certificate) {
    write(
        folder.resolve(KUBECONFIG),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: local
          cluster: {server: "%s", certificate-authority: "%s"}
        users:
        - name: administrator
          user: {token: "%s"}
        contexts:
        - name: local
          context: {cluster: local, user: administrator}
        current-context: local
        """
            .formatted(server, certificate, ControlPlane.ADMINISTRATOR.token()));
  }

  private static String signingKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has RSA", impossible);
    }
  }

  private static void write(Path file, String content) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, content);
    } catch (IOException refused) {
      throw new UncheckedIOException("can't write " + file, refused);
    }
  }
}
