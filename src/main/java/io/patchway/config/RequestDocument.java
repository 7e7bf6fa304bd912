package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.FieldPath;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problem;
import io.patchway.config.document.Problems;
import io.patchway.config.document.Value;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A patch request as a JSON document, in the shape of CenturyLink Cloud's Execute Package ({@code servers},
 * {@code package}) or in Patchway's own ({@code servers}, {@code groups}, {@code tags}, {@code operation},
 * {@code baseline}, {@code rebootOption}, {@code maxRounds}, {@code notify}, {@code rollout}, {@code maintenance}).
 * Letter case of field names does not count.
 *
 * <p>{@code reference} is free text. It changes nothing but the content, so that a request which is meant again
 * (tonight as last night) is not taken for the same request sent twice.
 */
public final class RequestDocument {
    private final String file;
    private final Value document;
    private final RequestForm form;

    private RequestDocument(String file, Value document, RequestForm form) {
        this.file = file;
        this.document = document;
        this.form = form;
    }

    /**
     * Reads a request.
     *
     * @param file what to call the document in problems
     * @throws BadDocumentException with everything that is wrong
     */
    public static RequestDocument read(String file, byte[] content) throws BadDocumentException {
        Value document = DocumentReader.jsonInAnyCase().read(file, content);
        List<String> allowed = new ArrayList<>(RequestFields.TARGETS);
        allowed.addAll(RequestFields.WORK);
        allowed.add("reference");
        Problems problems = new Problems(file);
        Fields fields = Fields.root(document, problems, allowed.toArray(String[]::new));
        fields.optional("reference", Kind.line(1, 200));
        Optional<RequestForm> form = RequestFields.read(fields, fields);
        problems.throwIfAny();
        return new RequestDocument(file, document, form.orElseThrow());
    }

    public RequestForm form() {
        return form;
    }

    /** Why the request was refused, with the line of the field that was at fault. */
    public Problem problem(RefusedRequestException refusal) {
        return new Problem(file, FieldPath.lineOf(document, refusal.field()), refusal.field(), refusal.getMessage());
    }
}
