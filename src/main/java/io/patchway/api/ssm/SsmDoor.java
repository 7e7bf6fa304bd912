package io.patchway.api.ssm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.patchway.access.Caller;
import io.patchway.access.Role;
import io.patchway.api.Dialect;
import io.patchway.api.ssm.OperationTable.Operation;
import io.patchway.api.ssm.model.ServiceModel;
import io.patchway.api.ssm.signature.SignatureCheck.Signer;
import io.patchway.store.DatabaseUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /}: speaks as AWS Systems Manager does. Every answer, also that an error happened, carries an id under
 * which the log has it.
 */
public final class SsmDoor implements Dialect {
    /** The largest request that is read, in bytes. */
    static final int MOST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(SsmDoor.class);
    private static final String TARGET_PREFIX = "AmazonSSM.";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private final SignIn signIn;
    private final Dispatcher dispatcher;

    public SsmDoor(SignIn signIn, OperationTable operations) {
        this.signIn = signIn;
        this.dispatcher = new Dispatcher(ServiceModel.load(), operations);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/", this::answer);
    }

    private void answer(Context context) {
        String requestId = UUID.randomUUID().toString();
        context.header("x-amzn-RequestId", requestId).contentType(CONTENT_TYPE);
        try {
            context.result(carryOut(context));
        } catch (SsmException refusal) {
            refuse(context, HttpStatus.BAD_REQUEST, refusal.code(), refusal.getMessage());
        } catch (DatabaseUnavailable outage) {
            LOG.warn("Request {} of Systems Manager is answered with 503: {}", requestId, outage.getMessage());
            refuse(
                    context,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "ServiceUnavailable",
                    "The database is away for the moment. Try again later.");
        } catch (RuntimeException error) {
            LOG.error("Error in request {} of Systems Manager, {}", requestId, operationName(context), error);
            refuse(
                    context,
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "InternalServerError",
                    "Something went wrong; the log has it as request " + requestId + ".");
        }
    }

    private byte[] carryOut(Context context) {
        byte[] body = body(context);
        Signer signer = signIn.signerOf(context, body);
        Caller caller = signer.key().caller();
        Operation<?> operation = dispatcher.find(operationName(context), caller);
        if (operation.least() != Role.VIEWER) {
            signIn.refuseReplay(context, signer);
        }
        return dispatcher.answer(operation, caller, body);
    }

    private static byte[] body(Context context) {
        byte[] body;
        try {
            body = context.req().getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException | HttpException.RuntimeException e) {
            throw new SsmException("SerializationException", "The body could not be read to its end.");
        }
        if (body.length > MOST_BYTES) {
            throw new SsmException("RequestEntityTooLargeException", "A request has at most " + MOST_BYTES + " bytes.");
        }
        return body;
    }

    private static String operationName(Context context) {
        return Optional.ofNullable(context.header("X-Amz-Target"))
                .filter(target -> target.startsWith(TARGET_PREFIX))
                .map(target -> target.substring(TARGET_PREFIX.length()))
                .orElse("");
    }

    private static void refuse(Context context, HttpStatus status, String code, String message) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("__type", code)
                .put("message", message)
                .toString();
        context.status(status).result(body.getBytes(StandardCharsets.UTF_8));
    }
}
