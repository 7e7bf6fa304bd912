package io.patchway.connection;

import io.patchway.server.ConnectionSettings.WinRm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.common.logging.LogUtils;
import org.apache.cxf.common.logging.Slf4jLogger;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduit;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory.UseAsyncPolicy;

/**
 * Clients for Windows servers. To make one costs much more than a call, so some are kept for the next script on the
 * same server; the web service engine itself is started when the first is needed. Thread-safe.
 */
final class WinRmClients implements AutoCloseable {
    private static final int MOST_KEPT = 64;

    private final Duration connectTimeout;
    private final FileCache<TrustManager[]> trustManagers = new FileCache<>();
    private final Deque<Kept> kept = new ArrayDeque<>();
    private Bus bus;

    WinRmClients(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** A client for one script, which goes back when the lease is closed. */
    record Lease(WinRmClients owner, WinRm settings, WinRmClient client) implements AutoCloseable {
        @Override
        public void close() {
            owner.giveBack(settings, client);
        }
    }

    /** @throws io.patchway.run.ServerFault when the trusted certificates cannot be read */
    Lease lease(WinRm settings, String password, WinRmFaults faults) {
        WinRmClient client = take(settings, password).orElseGet(() -> make(settings, password, faults));
        return new Lease(this, settings, client);
    }

    private WinRmClient make(WinRm settings, String password, WinRmFaults faults) {
        return new WinRmClient(settings, password, trusted(settings, faults), connectTimeout, bus(), faults);
    }

    private synchronized Optional<WinRmClient> take(WinRm settings, String password) {
        Optional<Kept> found = kept.stream()
                .filter(each -> each.settings.equals(settings) && each.client.isFor(password))
                .findFirst();
        found.ifPresent(kept::remove);
        return found.map(Kept::client);
    }

    private void giveBack(WinRm settings, WinRmClient client) {
        List<WinRmClient> surplus = new ArrayList<>();
        synchronized (this) {
            if (client.usable() && bus != null) {
                kept.addFirst(new Kept(settings, client));
            } else {
                surplus.add(client);
            }
            while (kept.size() > MOST_KEPT) {
                surplus.add(kept.removeLast().client);
            }
        }
        surplus.forEach(WinRmClient::close);
    }

    /** The asynchronous transport is the one that can log in with NTLM. */
    private synchronized Bus bus() {
        if (bus == null) {
            LogUtils.setLoggerClass(Slf4jLogger.class);
            bus = BusFactory.newInstance().createBus();
            bus.setProperty(AsyncHTTPConduit.USE_ASYNC, Boolean.TRUE);
            bus.setProperty(AsyncHTTPConduitFactory.USE_POLICY, UseAsyncPolicy.ALWAYS);
        }
        return bus;
    }

    private TrustManager[] trusted(WinRm settings, WinRmFaults faults) {
        Optional<Path> file = settings.trustedCertificates();
        try {
            return file.isPresent()
                    ? trustManagers.get(List.of(file.get()), () -> trustManagers(file))
                    : trustManagers(file);
        } catch (IOException e) {
            throw faults.configuration(
                    "trusted certificates "
                            + file.map(Path::toString).orElse("of Java")
                            + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static TrustManager[] trustManagers(Optional<Path> file) throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(file.isPresent() ? store(file.get()) : null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream input = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(input)) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
        }
        if (store.size() == 0) {
            throw new IOException("it holds no certificate in PEM form");
        }
        return store;
    }

    @Override
    public void close() {
        List<Kept> open;
        Optional<Bus> running;
        synchronized (this) {
            open = List.copyOf(kept);
            kept.clear();
            running = Optional.ofNullable(bus);
            bus = null;
        }
        open.forEach(each -> each.client.close());
        running.ifPresent(engine -> engine.shutdown(true));
        trustManagers.clear();
    }

    private record Kept(WinRm settings, WinRmClient client) {}
}
