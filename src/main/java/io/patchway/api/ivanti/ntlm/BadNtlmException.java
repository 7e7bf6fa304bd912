package io.patchway.api.ivanti.ntlm;

/** What was sent is no message of NTLM, or none that is accepted here; the text says why, without what was sent. */
final class BadNtlmException extends Exception {
    private static final long serialVersionUID = 1L;

    BadNtlmException(String message) {
        super(message);
    }
}
