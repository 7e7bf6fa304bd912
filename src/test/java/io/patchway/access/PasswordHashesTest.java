package io.patchway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.access.PasswordHashes.Cost;
import io.patchway.faults.Survives;
import org.junit.jupiter.api.Test;

class PasswordHashesTest {
    private final PasswordHashes hashes = new PasswordHashes(new Cost(64, 1), 2);

    @Test
    @Survives(35)
    void aPasswordIsKeptAsAHashWithASaltOfItsOwn() {
        String hash = hashes.hash("mypassword");

        assertThat(hash)
                .matches("\\$argon2id\\$v=19\\$m=64,t=1,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}")
                .isNotEqualTo(hashes.hash("mypassword"));
        assertThat(hashes.matches("mypassword", hash)).isTrue();
        assertThat(hashes.matches("Mypassword", hash)).isFalse();
        assertThat(hashes.matches("", hash)).isFalse();
    }

    @Test
    void whatTheReferenceImplementationMadeCounts() {
        // echo -n password | argon2 somesalt -id -v 13 -k 65536 -t 2 -p 1, from the tests of the reference
        // implementation
        String hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(hashes.matches("password", hash)).isTrue();
        assertThat(hashes.matches("differentpassword", hash)).isFalse();
    }

    @Test
    void aHashOfAnotherCostCountsAndIsOutdated() {
        String old = new PasswordHashes(new Cost(32, 2), 1).hash("mypassword");

        assertThat(hashes.matches("mypassword", old)).isTrue();
        assertThat(hashes.isOutdated(old)).isTrue();
        assertThat(hashes.isOutdated(hashes.hash("mypassword"))).isFalse();
    }

    @Test
    void theRecommendedCostIsThatOfOwasp() {
        assertThat(PasswordHashes.recommended().hash("mypassword")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void whatIsNoHashIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> hashes.matches("mypassword", "plaintext"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("plaintext");
    }
}
