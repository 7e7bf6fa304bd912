package io.patchway.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.common.BaseBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/**
 * How Patchway speaks SSH: keys only, nothing forwarded (no agent, no ports), nothing from the SSH configuration of the
 * account that Patchway runs under.
 */
final class SshClients {
    /** A silent host is given up after this many heartbeats. */
    private static final int HEARTBEATS_WITHOUT_REPLY = 3;

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** Curve25519 before the hybrid post-quantum exchanges, which cost several times as much on both sides. */
    private static final List<BuiltinDHFactories> KEY_EXCHANGES = List.of(
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp521,
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.sntrup761x25519_openssh,
            BuiltinDHFactories.dhgex256,
            BuiltinDHFactories.dhg16_512,
            BuiltinDHFactories.dhg14_256);

    /** No certificates (they would need the authorities' lines of known_hosts) and no SHA-1. */
    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private SshClients() {}

    /** A client that accepts no host key until it is given a verifier. */
    static SshClient create() {
        SshClient client = ClientBuilder.builder()
                .keyExchangeFactories(NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGES, ClientBuilder.DH2KEX))
                .cipherFactories(ciphers())
                .signatureFactories(new ArrayList<>(NamedFactory.setUpBuiltinFactories(true, SIGNATURES)))
                .globalRequestHandlers(List.of(KeepAliveHandler.INSTANCE))
                .channelFactories(List.of())
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .serverKeyVerifier(RejectAllServerKeyVerifier.INSTANCE)
                .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
                .build();
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, HEARTBEATS_WITHOUT_REPLY);
        // A package manager may be silent for longer than any idle time; the deadline of each script decides.
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        return client;
    }

    /** AES-GCM first: the processor does it, and it needs no separate checksum. */
    private static List<NamedFactory<Cipher>> ciphers() {
        List<NamedFactory<Cipher>> ciphers = new ArrayList<>();
        ciphers.add(BuiltinCiphers.aes128gcm);
        ciphers.add(BuiltinCiphers.aes256gcm);
        BaseBuilder.setUpDefaultCiphers(true).stream()
                .filter(cipher -> !ciphers.contains(cipher) && !cipher.getName().endsWith("-cbc"))
                .forEach(ciphers::add);
        return ciphers;
    }
}
