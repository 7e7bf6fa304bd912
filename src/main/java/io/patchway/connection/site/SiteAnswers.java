package io.patchway.connection.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.run.RemoteSite.Answer;
import io.patchway.run.RemoteSite.End;
import io.patchway.run.RemoteSite.Progress;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.Http;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what a site answers to sign-in, order and questions about status. */
public final class SiteAnswers {
    private static final int TOO_MANY = 429;

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private SiteAnswers() {}

    /** @throws ServerFault when the site does not let us in */
    public static SiteSession session(Http site, SiteAnswer answer, Instant now) {
        if (answer.status() >= 300 && answer.status() < 500 && answer.status() != TOO_MANY) {
            throw new ServerFault(
                    Kind.CONFIGURATION,
                    "%s does not let %s in: %s".formatted(site.url(), site.user(), SiteJson.message(answer)));
        }
        checkAnswered(answer);
        JsonNode body = SiteJson.read(answer.body());
        String token = body.path("bearerToken").asText("");
        String alias = body.path("accountAlias").asText("");
        if (!TOKEN.matcher(token).matches() || !ALIAS.matcher(alias).matches()) {
            throw SiteJson.misunderstood("its sign-in lacks a token or an alias", null);
        }
        return new SiteSession(token, alias, now);
    }

    /**
     * Whether the site takes the same order for the same.
     *
     * @throws ServerFault when the site does not know the server
     */
    public static boolean repeatable(Http site, SiteAnswer answer) {
        checkFound(answer, site.url() + " does not tell of server " + site.server());
        if (SiteJson.text(SiteJson.read(answer.body()), "id").isEmpty()) {
            throw SiteJson.misunderstood("it tells of a server without an id", null);
        }
        return answer.repeatable();
    }

    /** @throws ServerFault when it is neither an answer nor a clear refusal */
    static void checkFound(SiteAnswer answer, String refusal) {
        if (answer.status() >= 300 && answer.status() < 500 && answer.status() != TOO_MANY) {
            throw new ServerFault(Kind.CONFIGURATION, refusal + ": " + SiteJson.message(answer));
        }
        checkAnswered(answer);
    }

    private static void checkAnswered(SiteAnswer answer) {
        if (answer.status() / 100 != 2) {
            throw new ServerFault(Kind.UNREACHABLE, "the other site answers with " + SiteJson.message(answer));
        }
    }

    /** What became of an order. */
    public static Answer order(Http site, SiteAnswer answer) {
        int status = answer.status();
        if (status == TOO_MANY) {
            return new Answer.NotSent("the other site is too busy");
        }
        if (status >= 300 && status < 500) {
            return new Answer.Rejected(SiteJson.message(answer));
        }
        if (status / 100 != 2) {
            return new Answer.Lost("the other site answers with " + SiteJson.message(answer));
        }
        try {
            return accepted(site, SiteJson.read(answer.body()));
        } catch (ServerFault fault) {
            return new Answer.Lost(fault.getMessage());
        }
    }

    private static Answer accepted(Http site, JsonNode entities) {
        for (JsonNode entity : entities) {
            if (entity.path("server").asText("").equalsIgnoreCase(site.server())) {
                return entity.path("isQueued").asBoolean(false) ? queued(entity) : refused(entity);
            }
        }
        throw SiteJson.misunderstood("it says nothing about server " + site.server(), null);
    }

    private static Answer queued(JsonNode entity) {
        for (JsonNode link : entity.path("links")) {
            if (link.path("rel").asText("").equals("status")) {
                return new Answer.Accepted(SiteJson.name(link, "id"));
            }
        }
        throw SiteJson.misunderstood("it has no link to the status", null);
    }

    private static Answer refused(JsonNode entity) {
        if (!entity.path("isQueued").isBoolean()) {
            throw SiteJson.misunderstood("it does not say whether the order is queued", null);
        }
        String message = SiteJson.text(entity, "errorMessage");
        return new Answer.Busy(message.isEmpty() ? "it gives no reason" : message);
    }

    /** @throws ServerFault when the site does not answer the question */
    public static Progress progress(SiteAnswer answer) {
        if (answer.status() == 404) {
            return new Progress.Gone();
        }
        checkFound(answer, "the other site does not tell how the operation is getting on");
        String word = SiteJson.text(SiteJson.read(answer.body()), "status");
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "notstarted", "executing", "resumed" -> new Progress.Working(word, true);
            case "succeeded" -> new Progress.Ended(End.SUCCEEDED);
            case "failed" -> new Progress.Ended(End.FAILED);
            case "unknown" -> new Progress.Ended(End.UNKNOWN);
            default -> new Progress.Working(word, false);
        };
    }
}
