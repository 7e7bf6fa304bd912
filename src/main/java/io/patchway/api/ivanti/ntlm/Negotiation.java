package io.patchway.api.ivanti.ntlm;

/**
 * The client's first message (MS-NLMP 2.2.1.1).
 *
 * @param flags what it asks for
 * @param bytes the message as it came
 */
record Negotiation(int flags, byte[] bytes) {
    private static final int FLAGS_AT = 12;
    private static final int TYPE = 1;

    /** @throws BadNtlmException when it is no such message, or the client knows no Unicode */
    static Negotiation of(NtlmBytes message) throws BadNtlmException {
        if (message.type() != TYPE) {
            throw new BadNtlmException("the message is not the first one of NTLM");
        }
        return new Negotiation(message.number(FLAGS_AT), message.whole());
    }
}
