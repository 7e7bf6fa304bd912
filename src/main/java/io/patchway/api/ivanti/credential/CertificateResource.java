package io.patchway.api.ivanti.credential;

import io.patchway.access.PasswordKey;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;

/** {@code /configuration/certificate}: what clients seal passwords with. */
public final class CertificateResource implements IvantiResource {
    private final PasswordKey key;

    public CertificateResource(PasswordKey key) {
        this.key = key;
    }

    private record Certificate(String derEncoded) {}

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.get("configuration/certificate", call -> call.answer(new Certificate(key.certificate())));
    }
}
