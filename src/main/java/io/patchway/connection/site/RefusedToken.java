package io.patchway.connection.site;

/** A site says that a token counts no more; what was asked with it has had no effect. */
public final class RefusedToken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedToken(SiteCall call) {
        super(call + " was refused for its token");
    }
}
