package io.patchway.intake;

import io.patchway.config.RequestDocument;
import io.patchway.config.document.BadDocumentException;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.TooBusyException;
import java.util.List;

/** Takes a request document, whichever way it came in, and says what became of it. */
public final class RequestIntake {
    private final RequestDesk desk;

    public RequestIntake(RequestDesk desk) {
        this.desk = desk;
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
            return new Outcome.Refused(e.problems());
        }
        try {
            return new Outcome.Answered(desk.accept(document.form(), origin));
        } catch (TooBusyException e) {
            return new Outcome.Busy(document.problem(e), e.retryAfter());
        } catch (RefusedRequestException e) {
            return new Outcome.Refused(List.of(document.problem(e)));
        }
    }
}
