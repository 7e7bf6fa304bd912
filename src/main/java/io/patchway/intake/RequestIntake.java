package io.patchway.intake;

import io.patchway.audit.AuditLog;
import io.patchway.config.RequestDocument;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.Problem;
import io.patchway.run.ExecutionIds;
import io.patchway.run.Receipt;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.TooBusyException;
import java.util.List;
import java.util.stream.Collectors;

/** Takes a request document, whichever way it came in, and says what became of it. */
public final class RequestIntake {
    private final RequestDesk desk;
    private final AuditLog audit;
    private final ExecutionIds ids;

    public RequestIntake(RequestDesk desk, AuditLog audit) {
        this(desk, audit, ExecutionIds.STANDARD);
    }

    /** @param ids how receipts call server runs */
    public RequestIntake(RequestDesk desk, AuditLog audit, ExecutionIds ids) {
        this.desk = desk;
        this.audit = audit;
        this.ids = ids;
    }

    /** How server runs are called. */
    public ExecutionIds ids() {
        return ids;
    }

    /** The answer to whoever handed a document in: JSON in UTF-8, with line breaks for people. */
    public byte[] receipt(Outcome outcome) {
        return ReceiptDocument.write(outcome, ids);
    }

    /**
     * Takes a document.
     *
     * @param name what to call it in problems
     */
    public Outcome take(String name, byte[] content, Origin origin) {
        RequestDocument document;
        try {
            document = RequestDocument.read(name, content);
        } catch (BadDocumentException e) {
            return refuse(e.problems(), origin);
        }
        try {
            Receipt receipt = desk.accept(document.form(), origin);
            recordRefusals(receipt, origin);
            return new Outcome.Answered(receipt);
        } catch (TooBusyException e) {
            recordRefusal(List.of(document.problem(e)), origin);
            return new Outcome.Busy(document.problem(e), e.retryAfter());
        } catch (RefusedRequestException e) {
            return refuse(List.of(document.problem(e)), origin);
        }
    }

    /**
     * Refuses a document as a whole.
     *
     * @param problems at least one
     */
    Outcome refuse(List<Problem> problems, Origin origin) {
        recordRefusal(problems, origin);
        return new Outcome.Refused(problems);
    }

    private void recordRefusal(List<Problem> problems, Origin origin) {
        String reasons = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
        audit.record(origin.requester(), "request.refused", origin.text(), reasons);
    }

    private void recordRefusals(Receipt receipt, Origin origin) {
        String refusals = receipt.refusals();
        if (!refusals.isEmpty()) {
            String subject = receipt.request().map(id -> "request " + id).orElse(origin.text());
            String action = receipt.accepted() ? "request.partly-refused" : "request.refused";
            audit.record(origin.requester(), action, subject, refusals);
        }
    }
}
