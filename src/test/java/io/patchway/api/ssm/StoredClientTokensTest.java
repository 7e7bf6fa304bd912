package io.patchway.api.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.access.Role;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlClientTokens;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredClientTokensTest {
    private static final Caller CALLER = new Caller("bot", Role.ADMINISTRATOR);
    private static final Optional<String> TOKEN = Optional.of("0f8fad5b");

    @TempDir
    Path folder;

    private final List<String> created = new ArrayList<>();
    private Database database;
    private ClientTokens tokens;

    private record Request(@JsonProperty("Name") String name) {}

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        tokens = new StoredClientTokens(new SqlClientTokens(database), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String create(Optional<String> token, String name) {
        return tokens.once("Create", CALLER, token, new Request(name), id -> {
            created.add("pb-" + id.hex17());
            return "pb-" + id.hex17();
        });
    }

    @Test
    void theSameCallCreatesOneThing() {
        String first = create(TOKEN, "all");

        assertThat(create(TOKEN, "all")).isEqualTo(first).matches("pb-[0-9a-f]{17}");
        assertThat(created).hasSize(1);
    }

    @Test
    void withoutATokenEachCallCreatesAThingOfItsOwn() {
        assertThat(create(Optional.empty(), "all")).isNotEqualTo(create(Optional.empty(), "all"));
    }

    @Test
    void theSameTokenWithAnotherRequestIsRefused() {
        create(TOKEN, "all");

        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> create(TOKEN, "other"))
                .matches(refusal -> refusal.code().equals("IdempotentParameterMismatch"));
        assertThat(created).hasSize(1);
    }

    @Test
    void aCallThatWasBrokenOffGetsTheSameIdWhenItIsRepeated() {
        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.once("Create", CALLER, TOKEN, new Request("all"), id -> {
                    created.add("pb-" + id.hex17());
                    throw new IllegalStateException("the process is killed here");
                }));

        assertThat(create(TOKEN, "all")).isEqualTo(created.get(0));
    }

    @Test
    void aRefusedCallDoesNotUseUpItsToken() {
        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> tokens.once("Create", CALLER, TOKEN, new Request("all"), id -> {
                    throw new SsmException("ResourceLimitExceededException", "too many");
                }));

        assertThat(create(TOKEN, "other")).isNotEmpty();
    }

    @Test
    void idsOfWindowTargetsAreUuids() {
        String first = tokens.once(
                "A", CALLER, TOKEN, new Request("x"), id -> id.uuid().toString());

        assertThat(first).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(tokens.once("A", CALLER, TOKEN, new Request("x"), id -> "unused"))
                .isEqualTo(first);
        assertThat(tokens.once(
                        "B", CALLER, TOKEN, new Request("x"), id -> id.uuid().toString()))
                .isNotEqualTo(first);
    }
}
