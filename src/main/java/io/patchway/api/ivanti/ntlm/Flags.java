package io.patchway.api.ivanti.ntlm;

/** What client and server agree on (MS-NLMP 2.2.2.5). */
final class Flags {
    static final int UNICODE = 0x1;
    static final int REQUEST_TARGET = 0x4;
    static final int SIGN = 0x10;
    static final int SEAL = 0x20;
    static final int NTLM = 0x200;
    static final int ANONYMOUS = 0x800;
    static final int ALWAYS_SIGN = 0x8000;
    static final int TARGET_TYPE_SERVER = 0x20000;
    static final int EXTENDED_SESSION_SECURITY = 0x80000;
    static final int TARGET_INFO = 0x800000;
    static final int KEY_128 = 0x20000000;
    static final int KEY_EXCHANGE = 0x40000000;
    static final int KEY_56 = 0x80000000;

    /** What is answered when the client asks for it; none of it is used beyond the sign-in. */
    private static final int IF_ASKED =
            SIGN | SEAL | ALWAYS_SIGN | EXTENDED_SESSION_SECURITY | KEY_128 | KEY_EXCHANGE | KEY_56;

    private Flags() {}

    /** What a challenge says to a client that asks for these. */
    static int answer(int asked) {
        return UNICODE | REQUEST_TARGET | NTLM | TARGET_TYPE_SERVER | TARGET_INFO | asked & IF_ASKED;
    }

    static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
