package io.patchway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.faults.Survives;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"ops@example.org", "first.last+patch@mail.example.co.uk", "o'neil@example.org"})
    void plainAddressesAreTaken(String address) {
        assertThat(new MailAddress(address).internetAddress().getAddress()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ops",
                "@example.org",
                "ops@",
                "ops@example.org\r\nBcc: spy@example.net",
                "ops@example.org\nBcc: spy@example.net",
                "ops@example.org\u0000",
                "ops@example.org, spy@example.net",
                "Ops <ops@example.org>",
                "<ops@example.org>",
                "staff: a@example.org, b@example.org;",
                "ops @example.org",
                "a..b@example.org",
                "öps@example.org",
                "ops@exam\u2028ple.org"
            })
    @Survives(25)
    void everythingElseIsRefusedWithoutRepeatingControlCharacters(String address) {
        assertThatThrownBy(() -> new MailAddress(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an e-mail address")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("\n", "\r", "\u0000"));
    }
}
