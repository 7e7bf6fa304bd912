package io.patchway.connection.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * The HTTP client for one site: it sends a call once and never again by itself, follows no redirection, keeps no cookie
 * and reads no more than it must.
 */
public final class SiteClient {
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final int MOST_CONNECTIONS = 50;
    private static final int CONNECT_SECONDS = 10;
    private static final int ANSWER_SECONDS = 30;

    private SiteClient() {}

    /** @param certificates those of the site's authority; empty: those that Java trusts */
    public static CloseableHttpClient of(Optional<Path> certificates) {
        return HttpClients.custom()
                .setConnectionManager(connections(certificates))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .setResponseTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .addExecInterceptorFirst("cap", (request, scope, chain) -> {
                    var response = chain.proceed(request, scope);
                    HttpEntity entity = response.getEntity();
                    if (entity != null) {
                        response.setEntity(new CappedEntity(entity));
                    }
                    return response;
                })
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(Optional<Path> certificates) {
        PoolingHttpClientConnectionManagerBuilder builder = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_HEADER)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .setSocketTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .build())
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS);
        certificates.ifPresent(file -> builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(trusting(file))));
        return builder.build();
    }

    private static SSLContext trusting(Path certificates) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PemTrust(certificates)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java does not know TLS", e);
        }
    }

    private static final class CappedEntity extends HttpEntityWrapper {
        CappedEntity(HttpEntity entity) {
            super(entity);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new CappedStream(super.getContent());
        }
    }
}
