package io.patchway.api.clc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchway.config.ListedServers;
import io.patchway.run.ExecutionIds;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClcServersTest {
    private static final Server LONG = server("wa1aliasserv0101", Optional.of("alias"));
    private static final Server SHORT = server("web-01", Optional.empty());
    private static final Server TINY = server("x", Optional.empty());

    private final ClcServers servers = over(LONG, SHORT, TINY);

    private static ClcServers over(Server... all) {
        return new ClcServers(new ListedServers(List.of(all)), ExecutionIds.STANDARD, "pway");
    }

    private static Server server(String id, Optional<String> alias) {
        return new Server(
                new ServerId(id),
                id,
                Set.of(),
                Map.of(),
                Optional.empty(),
                false,
                alias,
                Optional.empty(),
                new ConnectionSettings.Local());
    }

    @Test
    void anIdThatIsLongEnoughStaysAsItIs() {
        assertThat(servers.idOf(LONG)).isEqualTo("wa1aliasserv0101");
        assertThat(servers.aliasOf(LONG)).isEqualTo("ALIAS");
    }

    @Test
    void aShortIdFollowsLocationAndAliasAndIsNeverTooShort() {
        assertThat(servers.idOf(SHORT)).isEqualTo("wa1pwayweb-01");
        assertThat(servers.idOf(TINY)).isEqualTo("wa1pway0x").hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WA1PWAYWEB-01", "wa1pwayweb-01", "web-01", "Web-01"})
    void aServerIsFoundByBothIdsInAnyLetterCase(String id) {
        assertThat(servers.find("PWAY", id)).contains(SHORT);
        assertThat(servers.find("pway", id)).contains(SHORT);
    }

    @Test
    void everyIdThatIsGivenIsFoundAgain() {
        for (Server server : List.of(LONG, SHORT, TINY)) {
            assertThat(servers.find(servers.aliasOf(server), servers.idOf(server)))
                    .contains(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"WA1ALIASSERV0101", "wa1pwayweb-02", "wa1pway", "wa1pway0web-01", "", "no server/at all"})
    void whatIsNotOfTheAccountIsNotFound(String id) {
        assertThat(servers.find("PWAY", id)).isEmpty();
        assertThat(servers.find("OTHER", id)).isEmpty();
    }

    @Test
    void anAccountHasItsOwnServersOnly() {
        assertThat(servers.under("alias")).containsExactly(LONG);
        assertThat(servers.under("PWAY")).containsExactly(SHORT, TINY);
        assertThat(servers.under("other")).isEmpty();
        assertThat(servers.ambiguities()).isEmpty();
    }

    @Test
    void anIdThatMeansTwoServersIsReportedAndMeansTheOneThatHasIt() {
        Server namesake = server("wa1pwayweb-01", Optional.empty());
        ClcServers ambiguous = over(SHORT, namesake);

        assertThat(ambiguous.ambiguities())
                .singleElement()
                .asString()
                .contains("several servers as wa1pwayweb-01: wa1pwayweb-01, web-01");
        assertThat(ambiguous.find("PWAY", "wa1pwayweb-01")).contains(namesake);
        assertThat(ambiguous.find("PWAY", "web-01")).contains(SHORT);
    }

    @Test
    void anAliasIsLettersAndDigits() {
        Stream.of("", "P", "P-WAY", "ABCDEFGHIJKLM")
                .forEach(alias -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> new ClcServers(new ListedServers(List.of()), ExecutionIds.STANDARD, alias)));
    }
}
