package io.patchway.api.ssm.command;

import io.patchway.api.ssm.SsmException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Fetches what commands name by an address, from where the operator allows it and from nowhere else: whoever may send a
 * command could otherwise have Patchway look into a network that he cannot reach himself.
 */
public final class OverrideDownload implements AutoCloseable {
    /** The setting with the beginnings of addresses that are allowed. */
    public static final String SETTING = "patchway.ssm.override-urls";

    private static final int LARGEST = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<URI> allowed;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * @param prefixes beginnings of addresses, such as {@code https://files.example.org/patching/}
     * @throws IllegalArgumentException when one has no scheme, no host, or a path that does not end with a slash
     */
    public OverrideDownload(List<String> prefixes) {
        this.allowed = prefixes.stream().map(OverrideDownload::prefix).toList();
    }

    private static URI prefix(String text) {
        URI prefix = URI.create(text);
        if (prefix.getHost() == null || !isWeb(prefix) || !prefix.getPath().endsWith("/")) {
            throw new IllegalArgumentException(SETTING + ": '" + text
                    + "' must be the beginning of an address that ends with a slash, such as"
                    + " https://files.example.org/patching/");
        }
        return prefix;
    }

    /**
     * The content behind an address.
     *
     * @param parameter what named it, for the text of the error
     * @throws SsmException {@code InvalidParameters} when it is not allowed, not there or too large
     */
    byte[] fetch(String parameter, String address) {
        URI url = allowed(parameter, address);
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(PATIENCE).GET().build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw refused(
                            parameter,
                            address,
                            "the answer was " + answer.statusCode() + " and not 200; redirects are not followed");
                }
                byte[] content = body.readNBytes(LARGEST + 1);
                if (content.length > LARGEST) {
                    throw refused(parameter, address, "it has more than " + LARGEST + " bytes");
                }
                return content;
            }
        } catch (IOException e) {
            throw refused(parameter, address, "it cannot be fetched: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(parameter, address, "Patchway is stopping");
        }
    }

    private URI allowed(String parameter, String address) {
        if (address.toLowerCase(Locale.ROOT).startsWith("s3:")) {
            throw refused(parameter, address, "addresses of S3 cannot be read; offer the file over https");
        }
        URI url;
        try {
            url = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw refused(parameter, address, "it is not an address");
        }
        boolean plain = url.getRawUserInfo() == null && url.getRawFragment() == null && url.getHost() != null;
        if (!plain || allowed.stream().noneMatch(prefix -> begins(url, prefix))) {
            throw refused(
                    parameter,
                    address,
                    "it is not allowed; an operator allows addresses by their beginning in the" + " setting " + SETTING
                            + " of config/application.properties");
        }
        return url;
    }

    /** An encoded path could mean another one to the server that is asked. */
    private static boolean begins(URI url, URI prefix) {
        String path = url.getRawPath();
        boolean same = prefix.getScheme().equalsIgnoreCase(url.getScheme())
                && prefix.getHost().equalsIgnoreCase(url.getHost())
                && prefix.getPort() == url.getPort();
        return same
                && path.startsWith(prefix.getRawPath())
                && url.normalize().getRawPath().equals(path)
                && !path.contains("%")
                && !path.contains("\\");
    }

    private static boolean isWeb(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
    }

    private static SsmException refused(String parameter, String address, String why) {
        return DocumentParameter.invalid("Parameter " + parameter + " names " + address + ", but " + why);
    }

    @Override
    public void close() {
        client.close();
    }
}
