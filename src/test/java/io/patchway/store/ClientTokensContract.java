package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.store.SqlClientTokens.Key;
import io.patchway.store.SqlClientTokens.Known;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the memory of repeated create calls promises, on every database. */
abstract class ClientTokensContract extends StoreContract {
    private static final Key KEY = new Key("bot", "CreatePatchBaseline", "token-1");

    @Test
    void theFirstCallCountsAndItsResultIsKnownLater() {
        SqlClientTokens tokens = new SqlClientTokens(database);

        assertThat(tokens.remember(KEY, "one", NOON)).isEqualTo(new Known("one", Optional.empty()));
        assertThat(tokens.remember(KEY, "two", NOON)).isEqualTo(new Known("one", Optional.empty()));
        tokens.finish(KEY, "pb-1");

        assertThat(new SqlClientTokens(database).remember(KEY, "one", NOON))
                .isEqualTo(new Known("one", Optional.of("pb-1")));
    }

    @Test
    void otherAccountsOperationsAndTokensAreOtherCalls() {
        SqlClientTokens tokens = new SqlClientTokens(database);
        tokens.remember(KEY, "one", NOON);

        assertThat(tokens.remember(new Key("other", KEY.operation(), KEY.token()), "two", NOON)
                        .fingerprint())
                .isEqualTo("two");
        assertThat(tokens.remember(new Key(KEY.account(), "Other", KEY.token()), "two", NOON)
                        .fingerprint())
                .isEqualTo("two");
        assertThat(tokens.remember(new Key(KEY.account(), KEY.operation(), "TOKEN-1"), "two", NOON)
                        .fingerprint())
                .isEqualTo("two");
    }

    @Test
    void aRefusedCallIsForgottenButNotOneThatCreatedSomething() {
        SqlClientTokens tokens = new SqlClientTokens(database);
        tokens.remember(KEY, "one", NOON);
        tokens.forget(KEY);
        assertThat(tokens.remember(KEY, "two", NOON).fingerprint()).isEqualTo("two");

        tokens.finish(KEY, "pb-1");
        tokens.forget(KEY);

        assertThat(tokens.remember(KEY, "two", NOON).result()).contains("pb-1");
    }

    @Test
    void callsAreForgottenAfterADay() {
        SqlClientTokens tokens = new SqlClientTokens(database);
        tokens.remember(KEY, "one", NOON);
        tokens.finish(KEY, "pb-1");
        Key later = new Key("bot", "CreatePatchBaseline", "token-2");

        tokens.remember(later, "two", NOON.plus(Duration.ofHours(23)));
        assertThat(tokens.remember(KEY, "one", NOON.plus(Duration.ofHours(23))).result())
                .contains("pb-1");

        assertThat(tokens.remember(KEY, "two", NOON.plus(Duration.ofHours(25))).fingerprint())
                .isEqualTo("two");
    }
}
