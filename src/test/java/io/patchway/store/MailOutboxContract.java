package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.MailOutbox;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.MailOutbox.PendingMail;
import io.patchway.run.RequestId;
import io.patchway.run.RunLedger;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the mail outbox promises, on every database. */
abstract class MailOutboxContract extends StoreContract {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private RunLedger ledger;
    private MailOutbox outbox;
    private MailOutbox ofAnotherNode;

    @BeforeEach
    void openOutbox() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        outbox = new SqlMailOutbox(database, "node");
        ofAnotherNode = new SqlMailOutbox(database, "other");
    }

    @Test
    void theFirstMailIsPromisedWithTheRequest() {
        RequestId request = accept();

        assertThat(outbox.claimDue(10, LEASE, NOON)).singleElement().satisfies(mail -> {
            assertThat(mail.request()).isEqualTo(request);
            assertThat(mail.kind()).isEqualTo(Kind.REQUESTED);
            assertThat(mail.messageId()).isEqualTo("<" + request + ".requested@patch.example.org>");
            assertThat(mail.answers()).isEmpty();
            assertThat(mail.settled()).isEmpty();
            assertThat(mail.attempts()).isZero();
            assertThat(mail.createdAt()).isEqualTo(NOON);
        });
    }

    @Test
    @Survives(8)
    void theVerdictWaitsUntilTheConfirmationWasSentAndAnswersIt() {
        RequestId request = acceptAndEnd();
        PendingMail confirmation = only(outbox.claimDue(10, LEASE, NOON));
        assertThat(confirmation.kind()).isEqualTo(Kind.REQUESTED);
        assertThat(ofAnotherNode.claimDue(10, LEASE, NOON)).isEmpty();

        outbox.markSent(confirmation, Optional.empty(), NOON);

        PendingMail verdict = only(outbox.claimDue(10, LEASE, NOON));
        assertThat(verdict.kind()).isEqualTo(Kind.VERDICT);
        assertThat(verdict.messageId()).isEqualTo("<" + request + ".verdict@patch.example.org>");
        assertThat(verdict.answers()).contains(confirmation.messageId());
    }

    @Test
    void theVerdictIsNotHeldUpByAConfirmationThatWasGivenUp() {
        acceptAndEnd();
        outbox.markDead(only(outbox.claimDue(10, LEASE, NOON)), "550 no such user", NOON);

        assertThat(only(outbox.claimDue(10, LEASE, NOON)).kind()).isEqualTo(Kind.VERDICT);
    }

    @Test
    @Survives(9)
    void aNodeNeedNotWaitForTheLeaseOfAMailThatItCouldNotMarkButOtherNodesMust() {
        accept();
        PendingMail first = only(outbox.claimDue(10, LEASE, NOON));

        assertThat(ofAnotherNode.claimDue(10, LEASE, NOON)).isEmpty();
        PendingMail again = only(outbox.claimDue(10, LEASE, NOON));

        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.attempts()).isEqualTo(1);
    }

    @Test
    void aFailedMailIsTriedAgainLaterUnderTheSameMessageId() {
        accept();
        PendingMail first = only(outbox.claimDue(10, LEASE, NOON));
        outbox.markFailed(first, Set.of("ops@example.org"), "451 try later", NOON.plusSeconds(60));

        assertThat(outbox.claimDue(10, LEASE, NOON.plusSeconds(59))).isEmpty();
        PendingMail second = only(outbox.claimDue(10, LEASE, NOON.plusSeconds(60)));
        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(second.settled()).containsExactly("ops@example.org");

        outbox.markFailed(second, Set.of("dev@example.org"), "451 try later", NOON.plusSeconds(120));
        assertThat(only(outbox.claimDue(10, LEASE, NOON.plusSeconds(120))).settled())
                .containsExactlyInAnyOrder("ops@example.org", "dev@example.org");
    }

    @Test
    @Survives(8)
    void aMailWhoseSenderDiedIsDueAgainAndTheLateSenderCannotDisturb() {
        accept();
        PendingMail lost = only(outbox.claimDue(10, LEASE, NOON));
        assertThat(ofAnotherNode.claimDue(10, LEASE, NOON.plus(LEASE).minusMillis(1)))
                .isEmpty();
        PendingMail taken = only(ofAnotherNode.claimDue(10, LEASE, NOON.plus(LEASE)));

        outbox.markFailed(lost, Set.of(), "too late", NOON);
        outbox.markDead(lost, "too late", NOON);

        assertThat(outbox.claimDue(10, LEASE, NOON.plus(LEASE))).isEmpty();
        ofAnotherNode.markSent(taken, Optional.of("refused: dev@example.org"), NOON.plus(LEASE));
        assertThat(outbox.claimDue(10, LEASE, NOON.plus(Duration.ofDays(30)))).isEmpty();
    }

    private RequestId accept() {
        return ledger.accept(Samples.request("web-01"), Optional.empty()).request();
    }

    private RequestId acceptAndEnd() {
        RequestId request = accept();
        RunLedger.Claim claim = ledger.claimDue("node", 1, LEASE, NOON).get(0);
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.commit(claim, Transition.to(RunState.SUCCEEDED, run, run.memory(), NOON, "done"), NOON);
        return request;
    }

    private static PendingMail only(List<PendingMail> mails) {
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }
}
