package io.patchway.api.ivanti;

import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.ivanti.Links.Base;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;

/** One call whose sender has signed in: what it says, and how it is answered. */
public final class IvantiCall {
    /** The largest body that is read, in bytes. */
    static final int MOST_BYTES = 1 << 20;

    private final Context context;
    private final User user;
    private final Map<String, String> segments;
    private final Base links;
    private final boolean isPrivate;

    IvantiCall(Context context, User user, Map<String, String> segments, Links links) {
        this.context = context;
        this.user = user;
        this.segments = segments;
        this.links = links.of(context);
        this.isPrivate = links.way().isThatOf(context);
    }

    public User user() {
        return user;
    }

    /** Where the call comes from. */
    public String address() {
        return context.ip();
    }

    /** Who makes the call and from where, for the audit log. */
    public String actor() {
        return "ivanti " + context.ip() + " " + user.name();
    }

    public Base links() {
        return links;
    }

    /** Whether an {@code Accept} header asks for this type before all others. */
    public boolean prefers(String type) {
        return Optional.ofNullable(context.header("Accept")).orElse("").strip().startsWith(type);
    }

    public Query query() {
        return new Query(context.queryParamMap());
    }

    /**
     * The GUID in the path.
     *
     * @param what the thing that it is the id of, such as {@code patch scan}
     * @throws IvantiRefusal 404 when what stands there is none, and so nobody's id
     */
    public UUID guid(String segment, String what) {
        String given = segments.get(segment);
        return Guids.read(given).orElseThrow(() -> IvantiRefusal.unknown(what, given));
    }

    /** The whole number in the path; like {@link #guid}. */
    public int number(String segment, String what) {
        String given = segments.get(segment);
        try {
            return Integer.parseInt(given);
        } catch (NumberFormatException e) {
            throw IvantiRefusal.unknown(what, given);
        }
    }

    /** @throws IvantiRefusal 403 when somebody on the way may have read a password that the call has in the clear */
    public void needsPrivateWay() {
        if (!isPrivate) {
            throw new IvantiRefusal(
                    403,
                    "A password in the clear is taken over https only; send it sealed. Change it: it has travelled in"
                            + " the clear.");
        }
    }

    /** @throws IvantiRefusal 403 unless the caller's role is at least this one */
    public void needs(Role least, String why) {
        if (!user.role().covers(least)) {
            throw new IvantiRefusal(403, why + " takes the role " + least + "; yours is " + user.role() + ".");
        }
    }

    /** @throws IvantiRefusal 400 or 413 unless the body is a JSON object */
    public Body body() {
        return Body.object(bytes());
    }

    /** Like {@link #body}, for calls that take an array. */
    public Body.Items items() {
        return Body.items(bytes());
    }

    private byte[] bytes() {
        byte[] body;
        try {
            body = context.req().getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException | HttpException.RuntimeException e) {
            throw new IvantiRefusal(400, "The body could not be read to its end.");
        }
        if (body.length > MOST_BYTES) {
            throw new IvantiRefusal(413, "A body has at most " + MOST_BYTES + " bytes.");
        }
        return body;
    }

    public IvantiCall header(String name, String value) {
        context.header(name, value);
        return this;
    }

    public void answer(Object document) {
        answer(200, document);
    }

    public void answer(int status, Object document) {
        context.status(status).contentType("application/json; charset=utf-8").result(IvantiJson.of(document));
    }

    /** Answers with another type than JSON. */
    public void answer(String type, String text) {
        context.contentType(type).result(text);
    }

    /** Done, and nothing to say. */
    public void done() {
        context.status(204);
    }
}
