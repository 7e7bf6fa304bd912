package io.patchway.api.ivanti;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses in answers. They begin as the caller's address did, unless a setting says how Patchway is reached. */
public final class Links {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,255}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");

    private final Optional<String> publicUrl;
    private final PrivateWay way;

    /**
     * @param publicUrl such as {@code https://patchway.example.org}; empty: as the caller says
     * @param behindTlsProxy whether callers reach Patchway by https although it does not see that
     */
    public Links(Optional<String> publicUrl, boolean behindTlsProxy) {
        this.publicUrl = publicUrl.map(url -> url.replaceAll("/+$", ""));
        this.way = new PrivateWay(behindTlsProxy);
    }

    PrivateWay way() {
        return way;
    }

    Base of(Context context) {
        return new Base(publicUrl.orElseGet(() -> asCalled(context)) + IvantiDoor.BASE);
    }

    private String asCalled(Context context) {
        String host = Optional.ofNullable(context.host())
                .filter(given -> HOST.matcher(given).matches())
                .orElse("localhost");
        return (way.behindTlsProxy() ? "https" : context.scheme()) + "://" + host;
    }

    /** What all addresses in one answer begin with. */
    public record Base(String url) {
        /** The address of a resource. */
        public String to(String path) {
            return url + path;
        }

        /** The address of a resource as a member of {@code links}. */
        public Map<String, String> href(String path) {
            return Map.of("href", to(path));
        }
    }
}
