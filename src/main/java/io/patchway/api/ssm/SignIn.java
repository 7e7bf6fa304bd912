package io.patchway.api.ssm;

import io.javalin.http.Context;
import io.patchway.access.KeyRing;
import io.patchway.api.RefusedCallers;
import io.patchway.api.ssm.signature.RefusedSignature;
import io.patchway.api.ssm.signature.SignatureCheck;
import io.patchway.api.ssm.signature.SignatureCheck.Signer;
import io.patchway.api.ssm.signature.SignedCall;
import io.patchway.audit.AuditLog;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Admits calls that an access key has signed. Who is refused is told why in the words of AWS, and the audit log gets a
 * line; an address with very many refusals is told to slow down, and its further ones of that minute have no line.
 */
public final class SignIn {
    static final int MOST_REFUSALS = 600;
    private static final String SERVICE = "ssm";

    private final KeyRing keys;
    private final SignatureCheck check;
    private final RepeatedSignatures repeated;
    private final RefusedCallers refused;
    private final AuditLog audit;

    public SignIn(KeyRing keys, AuditLog audit, Clock clock) {
        this.keys = keys;
        this.check = new SignatureCheck(SERVICE, keys::find, clock);
        this.repeated = new RepeatedSignatures(clock);
        this.refused = new RefusedCallers(MOST_REFUSALS, clock);
        this.audit = audit;
    }

    /** Who signed a call; an {@link SsmException} when nobody did who may. */
    Signer signerOf(Context context, byte[] body) {
        try {
            Signer signer = check.signerOf(call(context, body));
            keys.noteUse(signer.key());
            return signer;
        } catch (RefusedSignature refusal) {
            throw refused(context, refusal.code(), refusal.getMessage());
        }
    }

    /** Refuses a call that changes something when it was recorded and sent again. */
    void refuseReplay(Context context, Signer signer) {
        if (repeated.isReplayed(signer.signature())) {
            throw refused(
                    context,
                    "InvalidSignatureException",
                    "This signature has been used before. Sign each call anew; its date must be the present.");
        }
    }

    private SsmException refused(Context context, String code, String message) {
        if (refused.isOneTooMany(context.ip())) {
            return new SsmException("ThrottlingException", "Too many calls without a valid signature; wait a minute.");
        }
        String target = Optional.ofNullable(context.header("X-Amz-Target")).orElse("no operation");
        audit.record("ssm " + context.ip(), "ssm.refused", target, code + ": " + message);
        return new SsmException(code, message);
    }

    private static SignedCall call(Context context, byte[] body) {
        return new SignedCall(
                context.req().getMethod(),
                context.req().getRequestURI(),
                Optional.ofNullable(context.req().getQueryString()).orElse(""),
                name -> headers(context, name),
                body);
    }

    private static List<String> headers(Context context, String name) {
        return Collections.list(context.req().getHeaders(name));
    }
}
