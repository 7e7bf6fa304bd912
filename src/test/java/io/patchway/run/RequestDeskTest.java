package io.patchway.run;

import static io.patchway.run.RequestDesks.install;
import static io.patchway.run.RequestDesks.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchway.SettableClock;
import io.patchway.faults.Survives;
import io.patchway.run.Receipt.Accepted;
import io.patchway.run.Receipt.Refused;
import io.patchway.run.RequestForm.Origin;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestDeskTest {
    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final RequestDesk desk = RequestDesks.over(ledger, clock);

    @Test
    @Survives(19)
    void everyServerIsAnsweredInOrderAndTheUnknownAreRefusedByThemselves() throws RefusedRequestException {
        Receipt receipt = desk.accept(install("web-02", "nobody", "a;id", "db-01", "web-01"), origin());

        assertThat(receipt.answers())
                .extracting(Receipt.Answer::server)
                .containsExactly("web-02", "nobody", "a;id", "db-01", "web-01");
        assertThat(receipt.answers())
                .extracting(answer -> answer instanceof Accepted)
                .containsExactly(true, false, false, false, true);
        assertThat(receipt.answers().get(1)).isEqualTo(new Refused("nobody", "is not in the inventory"));
        assertThat(((Refused) receipt.answers().get(2)).reason()).startsWith("a server id is");
        assertThat(((Refused) receipt.answers().get(3)).reason()).contains("scans only");
        assertThat(report(receipt).request().servers()).containsExactly(new ServerId("web-02"), new ServerId("web-01"));
    }

    @Test
    void everyScriptPackageCanBeToldToEnterMaintenanceMode() throws RefusedRequestException {
        assertThat(special("true").maintenance()).isTrue();
        assertThat(special("false").maintenance()).isFalse();
        assertThat(catchThrowableOfType(RefusedRequestException.class, () -> special("yes")))
                .hasMessage("must be one of true, false");
    }

    private SpecialOrders special(String mode) throws RefusedRequestException {
        RequestForm plain = install("web-01");
        RequestForm form = new RequestForm(
                plain.operation(),
                plain.rebootOption(),
                plain.maxRounds(),
                plain.servers(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Yum Update"),
                Map.of("patch.maintenance.mode", mode),
                List.of(),
                Optional.empty());
        return report(desk.accept(form, origin())).request().special();
    }

    @Test
    @Survives(19)
    void aServerNamedTwiceHasTwoAnswersAndOneRun() throws RefusedRequestException {
        Receipt receipt = desk.accept(install("web-01", "WEB-01"), origin());

        assertThat(receipt.answers())
                .extracting(answer -> ((Accepted) answer).execution())
                .hasSize(2)
                .containsOnly(report(receipt).runs().get(0).id());
        assertThat(report(receipt).runs()).hasSize(1);
    }

    @Test
    void groupsAndTagsAreAnsweredByTheirMembersOnce() throws RefusedRequestException {
        RequestForm form = new RequestForm(
                Operation.SCAN,
                RebootOption.NEVER,
                1,
                List.of("web-02"),
                List.of("web", "nobody"),
                Map.of("environment", "production", "tier", "1"),
                Optional.of("production-linux"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of("ops@example.com"),
                Optional.empty());

        Receipt receipt = desk.accept(form, origin());

        assertThat(receipt.answers())
                .extracting(Receipt.Answer::server)
                .containsExactly("web-02", "web-01", "group nobody");
        PatchRequest request = report(receipt).request();
        assertThat(request.baseline()).contains("production-linux");
        assertThat(request.recipients()).containsExactly("ops@example.com");
        assertThat(request.acceptedAt()).isEqualTo(clock.instant());
    }

    @Test
    void aServerForScansOnlyMayBeScanned() throws RefusedRequestException {
        RequestForm install = install("db-01");
        RequestForm scan = new RequestForm(
                Operation.SCAN,
                install.rebootOption(),
                install.maxRounds(),
                install.servers(),
                install.groups(),
                install.tags(),
                install.baseline(),
                install.snapshot(),
                install.scriptPackage(),
                install.parameters(),
                install.recipients(),
                Optional.empty());

        assertThat(desk.accept(scan, origin()).accepted()).isTrue();
    }

    @Test
    void whenEveryServerIsRefusedNothingIsAccepted() throws RefusedRequestException {
        Receipt receipt = desk.accept(install("nobody"), origin());

        assertThat(receipt.accepted()).isFalse();
        assertThat(ledger.newest(10)).isEmpty();
    }

    @Test
    void theSameFingerprintIsTheSameRequest() throws RefusedRequestException {
        Origin origin = new Origin("test", "tester", Optional.of("f"), Optional.empty());
        Receipt first = desk.accept(install("web-01"), origin);
        Receipt second = desk.accept(install("web-01", "web-02"), origin);

        assertThat(first.duplicate()).isFalse();
        assertThat(second.duplicate()).isTrue();
        assertThat(second.request()).isEqualTo(first.request());
        assertThat(second.answers().get(0)).isEqualTo(first.answers().get(0));
        assertThat(second.answers().get(1)).isInstanceOf(Refused.class);
        assertThat(ledger.newest(10)).hasSize(1);
    }

    @Test
    void aScriptPackageBringsItsNameAndItsExclusions() throws RefusedRequestException {
        Receipt receipt = desk.accept(
                withPackage("c3c6642e-24e1-4c37-b56a-1cf1476ee360", Map.of("patch.debug.mode", "true")), origin());

        assertThat(report(receipt).request().scriptPackage()).contains("Yum Update");
        assertThat(report(receipt).request().excluded()).containsExactly("kernel*", "nss*");
    }

    @Test
    void aLinuxServerIsRefusedForAWindowsPackage() throws RefusedRequestException {
        Receipt receipt = desk.accept(withPackage("Auto Patching Windows 2012", Map.of()), origin());

        assertThat(receipt.accepted()).isFalse();
        assertThat(((Refused) receipt.answers().get(0)).reason()).contains("operating system");
    }

    @Test
    void whatIsUnknownForAllServersRefusesTheWholeRequest() {
        assertThat(refusal(install()).field()).isEqualTo("servers");
        assertThat(refusal(withPackage("no such package", Map.of())).field()).isEqualTo("package");
        assertThat(refusal(withPackage("Yum Update", Map.of("x", "y")))).satisfies(refusal -> {
            assertThat(refusal.field()).isEqualTo("package.parameters.x");
            assertThat(refusal).hasMessageContaining("patch.debug.mode");
        });
        assertThat(refusal(withPackage("Yum Update", Map.of("patch.debug.mode", "$(id)"))))
                .hasMessageContaining("true, false");
        assertThat(ledger.newest(10)).isEmpty();
    }

    @Test
    @Survives(18)
    void tenThousandServersAreAnsweredOneByOne() throws RefusedRequestException {
        String[] names = new String[10_000];
        Arrays.setAll(names, number -> number % 2 == 0 ? "web-01" : "nobody-" + number);

        Receipt receipt = desk.accept(install(names), origin());

        assertThat(receipt.answers()).extracting(Receipt.Answer::server).containsExactly(names);
        assertThat(report(receipt).runs()).hasSize(1);
    }

    private RefusedRequestException refusal(RequestForm form) {
        return catchThrowableOfType(RefusedRequestException.class, () -> desk.accept(form, origin()));
    }

    private RequestReport report(Receipt receipt) {
        return ledger.report(receipt.request().orElseThrow()).orElseThrow();
    }

    private static RequestForm withPackage(String called, Map<String, String> parameters) {
        return new RequestForm(
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                5,
                List.of("web-01"),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(called),
                parameters,
                List.of(),
                Optional.empty());
    }

    @Test
    void whatAnotherSiteCannotBeAskedForIsRefusedForItsServerAlone() throws RefusedRequestException {
        assertThat(reason(elsewhere(Operation.SCAN, RebootOption.IF_NEEDED, Optional.empty(), Optional.empty())))
                .hasValueSatisfying(reason -> assertThat(reason).contains("not to scan"));
        assertThat(reason(elsewhere(Operation.INSTALL, RebootOption.NEVER, Optional.empty(), Optional.empty())))
                .hasValueSatisfying(reason -> assertThat(reason).contains("about reboots"));
        assertThat(reason(elsewhere(
                        Operation.INSTALL, RebootOption.IF_NEEDED, Optional.of("production-linux"), Optional.empty())))
                .hasValueSatisfying(reason -> assertThat(reason).contains("baseline"));
        assertThat(reason(elsewhere(
                        Operation.INSTALL,
                        RebootOption.IF_NEEDED,
                        Optional.empty(),
                        Optional.of("Auto Patching Windows 2012"))))
                .isEmpty();
        assertThat(reason(elsewhere(Operation.INSTALL, RebootOption.ALWAYS, Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    /** Why branch-01 is refused. */
    private Optional<String> reason(RequestForm form) throws RefusedRequestException {
        return desk.accept(form, origin()).answers().stream()
                .filter(Refused.class::isInstance)
                .map(answer -> ((Refused) answer).reason())
                .findFirst();
    }

    private static RequestForm elsewhere(
            Operation operation, RebootOption rebootOption, Optional<String> baseline, Optional<String> scriptPackage) {
        return new RequestForm(
                operation,
                rebootOption,
                5,
                List.of("branch-01"),
                List.of(),
                Map.of(),
                baseline,
                Optional.empty(),
                scriptPackage,
                Map.of(),
                List.of(),
                Optional.empty());
    }
}
