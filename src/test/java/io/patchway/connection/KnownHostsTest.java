package io.patchway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    @TempDir
    Path directory;

    private PublicKey key;
    private PublicKey other;

    @BeforeEach
    void makeKeys() throws GeneralSecurityException {
        key = KeyUtils.generateKeyPair("ssh-ed25519", 256).getPublic();
        other = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256).getPublic();
    }

    @Test
    void aPlainNameCountsForItsPortOnly() throws IOException {
        write("web01,10.0.0.1 " + line(key));

        assertThat(refusal("web01", 22, key)).isEmpty();
        assertThat(refusal("10.0.0.1", 22, key)).isEmpty();
        assertThat(refusal("WEB01", 22, key)).isEmpty();
        assertThat(refusal("web01", 2222, key)).hasValue(Kind.HOST_KEY_UNKNOWN);
        assertThat(refusal("web02", 22, key)).hasValue(Kind.HOST_KEY_UNKNOWN);
    }

    @Test
    void aNameInBracketsCountsForItsPort() throws IOException {
        write("[web01]:2222 " + line(key));

        assertThat(refusal("web01", 2222, key)).isEmpty();
        assertThat(refusal("web01", 22, key)).hasValue(Kind.HOST_KEY_UNKNOWN);
    }

    @Test
    void wildcardsCountAndExceptionsDoNot() throws IOException {
        write("*.example.com,!db.example.com " + line(key));

        assertThat(refusal("web.example.com", 22, key)).isEmpty();
        assertThat(refusal("db.example.com", 22, key)).hasValue(Kind.HOST_KEY_UNKNOWN);
    }

    @Test
    void oneOfSeveralKnownKeysIsEnough() throws IOException {
        write("web01 " + line(other), "web01 " + line(key));

        assertThat(refusal("web01", 22, key)).isEmpty();
        assertThat(refusal("web01", 22, other)).isEmpty();
    }

    @Test
    void aRevokedKeyIsRefusedThoughItIsKnown() throws IOException {
        write("web01 " + line(key), "@revoked * " + line(key));

        assertThat(check("web01", 22).refuse(key)).hasValueSatisfying(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
            assertThat(fault.getMessage()).contains("revoked", "line 2");
        });
    }

    @Test
    void theKeyOfACertificateAuthorityIsNoHostKey() throws IOException {
        write("@cert-authority * " + line(key));

        assertThat(refusal("web01", 22, key)).hasValue(Kind.HOST_KEY_UNKNOWN);
    }

    @Test
    void linesThatMakeNoSenseAreNamedWhenNothingElseIsFound() throws IOException {
        write("# comment", "", "web01 ssh-ed25519 broken", "web01");

        assertThat(check("web01", 22).refuse(key))
                .hasValueSatisfying(fault -> assertThat(fault.getMessage()).contains("[3, 4]"));
    }

    @Test
    void algorithmsOfKnownKeysAreAskedForFirst() throws IOException {
        write("web01 " + line(other));

        assertThat(check("web01", 22).prefer("ssh-ed25519,ecdsa-sha2-nistp256,rsa-sha2-512"))
                .isEqualTo("ecdsa-sha2-nistp256,ssh-ed25519,rsa-sha2-512");
    }

    @Test
    void aScanThatTakesAnyKeyTakesAnyButARevokedOne() throws Exception {
        write("web01 " + line(key), "@revoked * " + line(other));
        HostKeyCheck any = new HostKeyCheck(
                "server",
                new Ssh(
                                "other01",
                                22,
                                "root",
                                directory.resolve("key"),
                                Optional.empty(),
                                directory.resolve("known_hosts"))
                        .withAnyHostKey(),
                KnownHosts.read(directory.resolve("known_hosts")));

        assertThat(any.refuse(key)).isEmpty();
        assertThat(any.refuse(other).map(ServerFault::kind)).contains(Kind.HOST_KEY_CHANGED);
        assertThat(refusal("other01", 22, key)).contains(Kind.HOST_KEY_UNKNOWN);
    }

    private void write(String... lines) throws IOException {
        Files.write(directory.resolve("known_hosts"), java.util.List.of(lines));
    }

    private Optional<Kind> refusal(String host, int port, PublicKey shown) throws IOException {
        return check(host, port).refuse(shown).map(ServerFault::kind);
    }

    private HostKeyCheck check(String host, int port) throws IOException {
        Path file = directory.resolve("known_hosts");
        Ssh settings = new Ssh(host, port, "root", directory.resolve("key"), Optional.empty(), file);
        return new HostKeyCheck("server", settings, KnownHosts.read(file));
    }

    private static String line(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }
}
