package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.SettableClock;
import io.patchway.baseline.BaselineBuilder;
import io.patchway.baseline.BaselineCatalogue;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.CatalogueLimits;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchBuilder;
import io.patchway.explain.BaselineTrials;
import io.patchway.explain.KeptScans;
import io.patchway.explain.ScannedHost;
import io.patchway.run.StoredScan;
import io.patchway.server.OperatingSystem;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlBaselineCatalogue;
import io.patchway.store.SqlBaselines;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a baseline would do, as the API tells it. */
class TrialsTest {
    private static final BaselineId ID = new BaselineId("pb-00000000000000001");
    private static final PatchBaseline SECURITY = BaselineBuilder.forRedHat()
            .rule(BaselineBuilder.filter(FilterKey.CLASSIFICATION, "Security"))
            .build();

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final KeptScans scans = new KeptScans();
    private Database database;
    private BaselineCatalogue catalogue;
    private ApiDoor door;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        catalogue = new SqlBaselineCatalogue(database, "node-1", new CatalogueLimits(10, 10), clock);
        catalogue.create(ID, SECURITY, Map.of(), "alice");
        scans.keep(host("web-01"));
        scans.keep(host("web-02"));
        door = new ApiDoor(
                folder,
                new TrialsResource(
                        new SqlBaselines(database, Map.of(OperatingSystem.REDHAT_ENTERPRISE_LINUX, ID)),
                        catalogue,
                        new BaselineTrials(scans, clock)));
    }

    @AfterEach
    void close() {
        door.close();
        database.close();
    }

    @Test
    void aStoredBaselineIsTriedOnEveryServer() throws Exception {
        JsonNode answer = evaluate("{'baseline': '" + ID + "'}");

        assertThat(answer.at("/baseline/version").asInt()).isEqualTo(1);
        assertThat(answer.at("/servers")).hasSize(2);
        assertThat(answer.at("/servers/0/server").asText()).isEqualTo("web-01");
        assertThat(answer.at("/servers/0/wouldInstall/0/name").asText()).isEqualTo("openssl");
        assertThat(answer.at("/servers/0/wouldInstall/0/decider").asText()).isEqualTo("ApprovalRules[0]");
    }

    @Test
    void aVersionIsComparedWithAnEarlierOne() throws Exception {
        catalogue.update(
                ID,
                before -> BaselineBuilder.forRedHat()
                        .rule(BaselineBuilder.filter(FilterKey.CLASSIFICATION, "Bugfix"))
                        .build(),
                "alice");

        JsonNode answer = evaluate("{'baseline': '" + ID + "', 'comparedWith': {'version': 1}}");

        assertThat(answer.at("/baseline/version").asInt()).isEqualTo(2);
        assertThat(answer.at("/comparedWith/version").asInt()).isEqualTo(1);
        assertThat(answer.at("/servers/0/difference/gained/0/name").asText()).isEqualTo("bash");
        assertThat(answer.at("/servers/0/difference/lost/0/name").asText()).isEqualTo("openssl");
    }

    @Test
    void aBaselineInTheBodyIsTriedBeforeItIsStored() throws Exception {
        JsonNode answer = evaluate("""
            {'baseline': {'Name': 'draft', 'OperatingSystem': 'REDHAT_ENTERPRISE_LINUX', 'ApprovedPatches': ['bash-*']},
             'comparedWith': {'baseline': '%s'}}\
            """.formatted(ID));

        assertThat(answer.at("/baseline/name").asText()).isEqualTo("draft");
        assertThat(answer.at("/servers/0/difference/lost/0/name").asText()).isEqualTo("openssl");
    }

    @Test
    void serversComePageByPage() throws Exception {
        JsonNode first = evaluate("{'baseline': '" + ID + "', 'limit': 1}");
        JsonNode second = evaluate("{'baseline': '" + ID + "', 'limit': 1, 'behind': '"
                + first.path("next").asText() + "'}");

        assertThat(first.at("/servers")).hasSize(1);
        assertThat(second.at("/servers/0/server").asText()).isEqualTo("web-02");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {}                                                        | 400 | baseline
        {'baseline': 'no-such-baseline'}                          | 400 | there is no baseline 'no-such-baseline'
        {'baseline': 'pb-00000000000000001', 'version': 7}        | 404 | has no version 7
        {'baseline': 'pb-00000000000000001', 'day': 'yesterday'}  | 400 | day
        {'baseline': 'pb-00000000000000001', 'limit': 0}          | 400 | limit
        {'baseline': {'Name': 'x'}}                               | 400 | Name
        {'baseline': {'Name': 'draft'}, 'version': 1}             | 400 | not for one in the question
        """)
    void aWrongQuestionIsRefusedWithTheFieldAtFault(String question, int status, String message) throws Exception {
        JsonNode answer = evaluate(question);

        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.path("message").asText()).contains(message);
    }

    private JsonNode evaluate(String question) throws Exception {
        return door.ask("/api/baselines/evaluate", question.replace('\'', '"'));
    }

    private static StoredScan host(String name) {
        return new ScannedHost(name, "2026-11-20T08:00:00Z")
                .has("openssl", "3.0.7-1.el9")
                .has("bash", "5.1-1.el9")
                .offers(PatchBuilder.rpm("bash", "5.2-1.el9").bugfix())
                .offers(PatchBuilder.rpm("openssl", "3.0.9-1.el9").security("Important"))
                .stored();
    }
}
