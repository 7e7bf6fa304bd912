package io.patchway.connection.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.run.RemoteSite.Attempt;
import io.patchway.run.RemoteSite.Detail;
import io.patchway.run.RemoteSite.Execution;
import io.patchway.run.RemoteSite.InstalledPatch;
import io.patchway.run.RemoteSite.Stage;
import io.patchway.run.ServerFault;
import io.patchway.server.ConnectionSettings.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the patch history of a site. */
public final class SiteHistory {
    private static final int MOST_EXECUTIONS = 1000;
    private static final int MOST_ATTEMPTS = 100;
    private static final int MOST_PATCHES = 5000;
    private static final Pattern RESULT = Pattern.compile("Result Code: *([0-5])");
    private static final Pattern INSTALLING = Pattern.compile("^Installing:? +", Pattern.CASE_INSENSITIVE);

    private SiteHistory() {}

    /** @throws ServerFault when the site does not tell it */
    public static List<Execution> executions(Http site, SiteAnswer answer) {
        SiteAnswers.checkFound(answer, site.url() + " does not tell the patch history of " + site.server());
        JsonNode body = SiteJson.read(answer.body());
        if (!body.isArray()) {
            throw SiteJson.misunderstood("the patch history is no list", null);
        }
        return list(body, MOST_EXECUTIONS, SiteHistory::execution);
    }

    private static Execution execution(JsonNode node) {
        return new Execution(
                SiteJson.name(node, "execution_id"),
                stage(node),
                list(node.path("init_messages"), MOST_ATTEMPTS, SiteHistory::attempt));
    }

    private static Attempt attempt(JsonNode node) {
        return new Attempt(
                SiteJson.time(node, "start_time"),
                SiteJson.time(node, "end_time"),
                SiteJson.text(node, "init_begin_message"),
                SiteJson.text(node, "init_end_message"));
    }

    /** @throws ServerFault when the site does not tell it */
    public static Detail detail(Http site, SiteAnswer answer) {
        SiteAnswers.checkFound(answer, site.url() + " does not tell what was done on " + site.server());
        JsonNode body = SiteJson.read(answer.body());
        return new Detail(
                stage(body),
                SiteJson.text(body, "end_message"),
                list(body.path("patches"), MOST_PATCHES, SiteHistory::patch));
    }

    private static InstalledPatch patch(JsonNode node) {
        Matcher result = RESULT.matcher(SiteJson.text(node, "patch_end_message"));
        OptionalInt code = result.find() ? OptionalInt.of(Integer.parseInt(result.group(1))) : byWord(node);
        String title =
                INSTALLING.matcher(SiteJson.text(node, "patch_begin_message")).replaceFirst("");
        return new InstalledPatch(SiteJson.time(node, "end_time"), title, code);
    }

    private static OptionalInt byWord(JsonNode node) {
        return switch (SiteJson.text(node, "status").toLowerCase(Locale.ROOT)) {
            case "completed" -> OptionalInt.of(2);
            case "failed" -> OptionalInt.of(4);
            default -> OptionalInt.empty();
        };
    }

    private static Stage stage(JsonNode node) {
        return switch (SiteJson.text(node, "status").toLowerCase(Locale.ROOT)) {
            case "completed" -> Stage.COMPLETED;
            case "failed" -> Stage.FAILED;
            case "running", "pending" -> Stage.RUNNING;
            default -> throw SiteJson.misunderstood("its status is no word of the patch history", null);
        };
    }

    private static <T> List<T> list(JsonNode nodes, int most, Function<JsonNode, T> read) {
        List<T> items = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (items.size() < most) {
                items.add(read.apply(node));
            }
        }
        return items;
    }
}
