package io.patchway.api.ivanti.credential;

import io.patchway.access.Role;
import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.Envelope;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.Pages;
import io.patchway.api.ivanti.credential.StoredCredential.Content;
import io.patchway.api.ivanti.template.NamedItems;
import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ItemKind;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code /credentials}: names for accounts, which scripts create before they name them in groups and scans. Servers are
 * reached with the keys of the inventory; so a password is read and checked in its form, and not kept.
 */
public final class CredentialsResource implements IvantiResource {
    private static final String PATH = "credentials";
    private static final String ONE = PATH + "/{credential}";
    private static final String WORD = "credential";
    private static final String USED_FOR =
            "nothing but its name: servers are reached with the SSH keys of the inventory, and no password is kept";

    private final NamedItems items;

    public CredentialsResource(ConsoleItems items, Clock clock) {
        this.items = new NamedItems(items, ItemKind.CREDENTIAL, WORD, name -> false, clock);
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.add("GET", PATH, Role.OPERATOR, this::list)
                .add("POST", PATH, Role.OPERATOR, this::create)
                .add("GET", ONE, Role.OPERATOR, this::one)
                .add("PUT", ONE, Role.OPERATOR, this::replace)
                .add("DELETE", ONE, Role.OPERATOR, this::delete)
                .add("POST", ONE + "/share", Role.OPERATOR, this::share)
                .add("PUT", ONE + "/share", Role.OPERATOR, this::share);
    }

    /** Whether there is a credential with this id. */
    public boolean exists(UUID id) {
        return items.find(id).isPresent();
    }

    private record Model(
            UUID id,
            Map<String, Map<String, String>> links,
            String name,
            String ownerName,
            List<String> sharedWith,
            boolean sharedWithService,
            String username,
            String usedFor) {}

    /** Scripts read either the rows, or the answer itself as the one credential of the name that they asked for. */
    private void list(IvantiCall call) {
        Optional<String> name = call.query().text("name");
        List<StoredCredential> found = items.all().stream()
                .map(StoredCredential::of)
                .filter(credential -> isSeenBy(credential, call))
                .filter(credential -> name.filter(wanted -> !wanted.equalsIgnoreCase(credential.name()))
                        .isEmpty())
                .toList();
        Envelope<Object> page = Pages.byIndex(call, PATH, found, credential -> model(credential, call.links()));
        if (name.isEmpty() || page.value().size() != 1) {
            call.answer(page);
            return;
        }
        Model only = (Model) page.value().get(0);
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("count", page.count());
        both.put("links", only.links());
        both.put("value", page.value());
        both.put("id", only.id());
        both.put("name", only.name());
        both.put("ownerName", only.ownerName());
        both.put("sharedWith", only.sharedWith());
        both.put("sharedWithService", only.sharedWithService());
        both.put("username", only.username());
        both.put("usedFor", only.usedFor());
        call.answer(both);
    }

    private void one(IvantiCall call) {
        call.answer(model(seen(call), call.links()));
    }

    private void create(IvantiCall call) {
        Body body = call.body();
        String name = body.requiredText("name");
        Content content = new Content(body.requiredText("userName"), List.of());
        if (PasswordObject.within(body, call).isEmpty()) {
            throw IvantiRefusal.of("password", "is required");
        }
        StoredCredential made =
                StoredCredential.of(items.add(name, content, call.user().name()));
        call.header("Location", call.links().to(path(made))).answer(201, model(made, call.links()));
    }

    /** What is not given stays. */
    private void replace(IvantiCall call) {
        StoredCredential present = own(call);
        Body body = call.body();
        PasswordObject.within(body, call);
        Content content = new Content(
                body.text("userName").orElse(present.content().userName()),
                present.content().sharedWith());
        change(call, present, body.text("name").orElse(present.name()), content);
    }

    private void share(IvantiCall call) {
        StoredCredential present = own(call);
        List<String> names = call.body().texts("sharedWith");
        change(call, present, present.name(), new Content(present.content().userName(), names));
    }

    private void change(IvantiCall call, StoredCredential present, String name, Content content) {
        ConsoleItem changed =
                items.replace(present.number(), name, content, call.user().name());
        call.answer(model(StoredCredential.of(changed), call.links()));
    }

    private void delete(IvantiCall call) {
        items.remove(own(call).number(), call.user().name());
        call.done();
    }

    private static boolean isSeenBy(StoredCredential credential, IvantiCall call) {
        String user = call.user().name();
        return credential.isOf(user) || credential.isSharedWith(user);
    }

    /** @throws IvantiRefusal 404 also when it is somebody else's */
    private StoredCredential seen(IvantiCall call) {
        UUID id = call.guid("credential", WORD);
        return items.find(id)
                .map(StoredCredential::of)
                .filter(credential -> isSeenBy(credential, call))
                .orElseThrow(() -> IvantiRefusal.unknown(WORD, id));
    }

    /** @throws IvantiRefusal 401 when it is shared with the caller, but not his, as the original answers */
    private StoredCredential own(IvantiCall call) {
        StoredCredential credential = seen(call);
        if (!credential.isOf(call.user().name())) {
            throw new IvantiRefusal(401, "Only its owner changes, shares or deletes a credential.");
        }
        return credential;
    }

    private static String path(StoredCredential credential) {
        return PATH + "/" + credential.id();
    }

    private static Model model(StoredCredential credential, Base links) {
        return new Model(
                credential.id(),
                Map.of("self", links.href(path(credential))),
                credential.name(),
                credential.owner(),
                credential.content().sharedWith(),
                false,
                credential.content().userName(),
                USED_FOR);
    }
}
