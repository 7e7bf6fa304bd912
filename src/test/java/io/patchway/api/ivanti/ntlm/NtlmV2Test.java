package io.patchway.api.ivanti.ntlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.access.NtHashes;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples that MS-NLMP prints in its sections 4.2.1 to 4.2.4. */
class NtlmV2Test {
    private static final byte[] NONCE = hex("0123456789abcdef");
    private static final String BLOB =
            "01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d0061006900"
                    + "6e0001000c005300650072007600650072000000000000000000";
    private static final String PROOF = "68cd0ab851e51c96aabc927bebef6a1c";
    private static final String NAMES = "44006f006d00610069006e0055007300650072004300" + "4f004d0050005500540045005200";
    private static final String LM = "86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa";
    private static final String SESSION_KEY = "c5dad2544fc9799094ce1ce90bc9d03e";
    private static final String HEADER = "4e544c4d5353500003000000180018006c00000054005400840000000c000c0048000000"
            + "080008005400000010001000" + "5c00000010001000d8000000358288e20501280a0000000f";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static NtlmBytes message(String text) throws BadNtlmException {
        return NtlmBytes.of(Base64.getEncoder().encodeToString(hex(text)));
    }

    private static Challenge challenge() {
        return new Challenge(new Negotiation(0, new byte[32]), NONCE, new byte[56]);
    }

    @Test
    void hashesAndKeysAreAsPrinted() {
        assertThat(hex(NtHashes.of("Password"))).isEqualTo("a4f49c406510bdcab6824ee7c30fd852");
        byte[] key = NtlmV2.responseKey(NtHashes.of("Password"), "User", "Domain");
        assertThat(hex(key)).isEqualTo("0c868a403bfd7a93a3001ef22ef02e3f");
        assertThat(hex(NtlmV2.proof(key, NONCE, hex(BLOB)))).isEqualTo(PROOF);
        assertThat(hex(NtlmV2.hmac(key, hex(PROOF)))).isEqualTo("8de40ccadbc14a82f15cb0ad0de95ca3");
    }

    @Test
    void thePrintedMessageIsReadAndRight() throws BadNtlmException {
        ClientResponse response = ClientResponse.of(message(HEADER + NAMES + LM + PROOF + BLOB + SESSION_KEY));

        assertThat(response.user()).isEqualTo("User");
        assertThat(response.domain()).isEqualTo("Domain");
        assertThat(response.mic()).isEmpty();
        assertThat(NtlmV2.isRight(NtHashes.of("Password"), challenge(), response))
                .isTrue();
        assertThat(NtlmV2.isRight(NtHashes.of("password"), challenge(), response))
                .isFalse();
        assertThat(NtlmV2.sessionKey(hex("8de40ccadbc14a82f15cb0ad0de95ca3"), response))
                .hasValueSatisfying(key -> assertThat(hex(key)).isEqualTo("55".repeat(16)));
    }

    @Test
    void versionOneAndNobodyAreRefused() {
        String versionOne = HEADER.replace("54005400840000", "18001800840000");
        String nothing = HEADER.replace("54005400840000", "00000000840000");
        String rest = NAMES + LM + PROOF + BLOB + SESSION_KEY;

        assertThatThrownBy(() -> ClientResponse.of(message(versionOne + rest))).hasMessageContaining("version 1");
        assertThatThrownBy(() -> ClientResponse.of(message(nothing + rest))).hasMessageContaining("anonymously");
    }

    @Test
    void fieldsThatPointOutsideAreRefused() {
        String far = HEADER.replace("5400540084000000", "54005400840000ff");
        String intoHeader = HEADER.replace("5400540084000000", "5400540008000000");

        for (String header : new String[] {far, intoHeader}) {
            assertThatThrownBy(() -> ClientResponse.of(message(header + NAMES + LM + PROOF + BLOB + SESSION_KEY)))
                    .isInstanceOf(BadNtlmException.class)
                    .hasMessageContaining("outside");
        }
    }
}
