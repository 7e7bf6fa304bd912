package io.patchway.api.ssm.signature;

import java.io.Serial;

/** A call that is not admitted; the code and the message are for the client and hold no secret. */
public final class RefusedSignature extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    private RefusedSignature(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The error code, in the words of AWS. */
    public String code() {
        return code;
    }

    static RefusedSignature missing() {
        return new RefusedSignature("MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    static RefusedSignature incomplete(String message) {
        return new RefusedSignature("IncompleteSignatureException", message);
    }

    static RefusedSignature unknownKey() {
        return new RefusedSignature(
                "UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    static RefusedSignature invalid(String message) {
        return new RefusedSignature("InvalidSignatureException", message);
    }
}
