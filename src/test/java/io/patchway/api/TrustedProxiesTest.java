package io.patchway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a call through proxies is taken to come from; all of these come over a connection from 127.0.0.1. */
class TrustedProxiesTest {
    private static String caller(String proxies, String... forwarded) throws Exception {
        Dialect telling = routes -> routes.get("/caller", context -> context.result(context.ip()));
        try (FrontDoor door = new FrontDoor(List.of(telling), TrustedProxies.of(proxies)).start("127.0.0.1", 0);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/caller"));
            for (String value : forwarded) {
                request.header("X-Forwarded-For", value);
            }
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Who is not trusted is not believed.
                "''                     | 192.0.2.1                        | 127.0.0.1",
                "10.0.0.0/8             | 192.0.2.1                        | 127.0.0.1",
                "127.0.0.2              | 192.0.2.1                        | 127.0.0.1",
                "127.0.1.0/24           | 192.0.2.1                        | 127.0.0.1",
                // Of who is, the last address that is none of a proxy counts.
                "127.0.0.1              | 192.0.2.1                        | 192.0.2.1",
                "127.0.0.0/31           | 198.51.100.9, 192.0.2.1          | 192.0.2.1",
                "127.0.0.1, 192.0.2.1   | 203.0.113.5, 198.51.100.9, 192.0.2.1 | 198.51.100.9",
                "0.0.0.0/0              | 198.51.100.9, 192.0.2.1          | 198.51.100.9",
                "127.0.0.1, 2001:db8::/33 | 198.51.100.9, 2001:db8:7fff::1 | 198.51.100.9",
                "127.0.0.1, 2001:db8::/33 | 198.51.100.9, 2001:db8:8000::1 | 2001:db8:8000:0:0:0:0:1",
                // Some proxies add the port.
                "127.0.0.1              | 192.0.2.1:50100                  | 192.0.2.1",
                "127.0.0.1              | [2001:db8::1]:50100              | 2001:db8:0:0:0:0:0:1",
                "127.0.0.1              | ::ffff:192.0.2.1                 | 192.0.2.1",
                // What is no address is not looked up, and hides nothing before it.
                "127.0.0.1              | 192.0.2.1, localhost             | 127.0.0.1",
                "127.0.0.1              | 192.0.2.1, unknown               | 127.0.0.1",
                "127.0.0.1, 10.0.0.1    | 192.0.2.1, 999.1.1.1, 10.0.0.1   | 10.0.0.1",
                "127.0.0.1              | 192.0.2.1,                       | 192.0.2.1",
                "127.0.0.1              | ''                               | 127.0.0.1",
            })
    void theLastAddressThatIsNoTrustedProxyIsTheCallers(String proxies, String forwarded, String expected)
            throws Exception {
        assertThat(caller(proxies, forwarded)).isEqualTo(expected);
    }

    @Test
    void severalHeadersAreOneListInTheirOrder() throws Exception {
        assertThat(caller("127.0.0.1", "192.0.2.1", "192.0.2.2")).isEqualTo("192.0.2.2");
        assertThat(caller("127.0.0.1", "192.0.2.1", "127.0.0.1")).isEqualTo("192.0.2.1");
        assertThat(caller("127.0.0.1")).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "proxy.example.org",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.1:80",
                "::1/129",
                "[::1]",
                "1::2::3",
                "10.0.0.1 10.0.0.2"
            })
    void whatIsNoAddressAndNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> TrustedProxies.of("127.0.0.1, " + text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no ");
    }
}
