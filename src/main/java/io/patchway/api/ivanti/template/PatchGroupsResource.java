package io.patchway.api.ivanti.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.access.Role;
import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.Envelope;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.Pages;
import io.patchway.console.ConsoleItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code /patch/groups}: the approved lists of scans. */
public final class PatchGroupsResource implements IvantiResource {
    private static final String PATH = "patch/groups";
    private static final List<String> SPELLINGS = List.of(PATH, "linux/patch/groups", "linux/contentlesspatchgroups");
    private static final String WORD = "patch group";
    private static final Pattern CVE = Pattern.compile("CVE-[0-9]{4}-[0-9]{4,10}");

    private final PatchGroups groups;
    private final ScanTemplates templates;
    private final Offers offers;

    public PatchGroupsResource(PatchGroups groups, ScanTemplates templates, Offers offers) {
        this.groups = groups;
        this.templates = templates;
        this.offers = offers;
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        for (String path : SPELLINGS) {
            String one = path + "/{group}";
            routes.get(path, this::list)
                    .add("POST", path, Role.ADMINISTRATOR, this::create)
                    .get(one, call -> call.answer(model(group(call), call.links())))
                    .add("PUT", one, Role.ADMINISTRATOR, this::rename)
                    .add("DELETE", one, Role.ADMINISTRATOR, this::delete)
                    .get(one + "/usedby", this::usedBy)
                    .get(one + "/patches", this::patches)
                    .add("POST", one + "/patches", Role.ADMINISTRATOR, this::addPatches)
                    .get(one + "/patches/cves", this::cves)
                    .add("POST", one + "/patches/cves", Role.ADMINISTRATOR, this::addCves)
                    .add("POST", one + "/patches/cve", Role.ADMINISTRATOR, this::addCves)
                    .add("POST", one + "/patch/cve", Role.ADMINISTRATOR, this::addCves);
        }
    }

    private ConsoleItem group(IvantiCall call) {
        return groups.existing(call.number("group", WORD));
    }

    private void list(IvantiCall call) {
        Pages.Wanted wanted = Pages.named(call);
        List<ConsoleItem> found = groups.all().stream()
                .filter(group ->
                        wanted.isNamed(group.name(), PatchGroups.content(group).path(), group.creator()))
                .toList();
        call.answer(Pages.byNumber(call, PATH, found, ConsoleItem::number, group -> model(group, call.links())));
    }

    private void create(IvantiCall call) {
        Body body = call.body();
        ConsoleItem group = groups.add(
                body.requiredText("name"),
                body.text("path").orElse(""),
                call.user().name());
        call.header("Location", call.links().to(PATH + "/" + group.number())).answer(201, model(group, call.links()));
    }

    private void rename(IvantiCall call) {
        ConsoleItem before = group(call);
        Body body = call.body();
        PatchGroup content = PatchGroups.content(before);
        PatchGroup changed = new PatchGroup(body.text("path").orElse(content.path()), content.names(), content.cves());
        call.answer(model(
                groups.replace(
                        before.number(),
                        body.requiredText("name"),
                        changed,
                        call.user().name()),
                call.links()));
    }

    private void delete(IvantiCall call) {
        ConsoleItem group = group(call);
        List<ScanTemplate> users = templates.using(group.number());
        if (!users.isEmpty()) {
            throw new IvantiRefusal(
                    409,
                    "The patch group '" + group.name() + "' is used by the template '"
                            + users.get(0).name() + "'.");
        }
        groups.remove(group.number(), call.user().name());
        call.done();
    }

    private record Use(String name, String usageType) {}

    private void usedBy(IvantiCall call) {
        call.answer(templates.using(group(call).number()).stream()
                .map(template -> new Use(template.name(), "PatchScanTemplate"))
                .toList());
    }

    /** What its entries mean at the moment. */
    private void patches(IvantiCall call) {
        ConsoleItem group = group(call);
        PatchGroup content = PatchGroups.content(group);
        List<Offer> found = offers.all().stream()
                .filter(offer -> content.names().contains(offer.groupEntry())
                        || content.names().contains(offer.patch().key().toString())
                        || offer.patch().allCves().stream().anyMatch(content.cves()::contains))
                .toList();
        call.answer(Pages.byNumber(
                call,
                PATH + "/" + group.number() + "/patches",
                found,
                Offer::vulnerability,
                offer -> Vulnerability.of(offer, call.links())));
    }

    private void cves(IvantiCall call) {
        call.answer(Envelope.whole(PatchGroups.content(group(call)).cves()));
    }

    /** An array of numbers that {@code /patches} told; or of package names and advisory ids, which is an addition. */
    private void addPatches(IvantiCall call) {
        ConsoleItem group = group(call);
        List<String> entries = new ArrayList<>();
        for (JsonNode node : call.items().nodes()) {
            entries.add(entry(node.asText().strip()));
        }
        if (entries.isEmpty()) {
            throw new IvantiRefusal(400, "The body must be an array of vulnerability ids, but is empty.");
        }
        change(call, group, entries, List.of());
    }

    private String entry(String given) {
        Stream<Offer> fitting = given.matches("[0-9]{1,10}")
                ? offers.all().stream()
                        .filter(offer -> String.valueOf(offer.vulnerability()).equals(given))
                : offers.all().stream()
                        .filter(offer -> offer.bulletin().equals(given)
                                || offer.patch().key().toString().equals(given)
                                || offer.patch().key().name().equals(given));
        return fitting.findFirst()
                .map(offer -> given.equals(offer.patch().key().name())
                                || given.equals(offer.patch().key().toString())
                        ? offer.patch().key().toString()
                        : offer.groupEntry())
                .orElseThrow(() -> new IvantiRefusal(
                        400, "An invalid vulnerability was found or is a service pack '" + given + "'."));
    }

    /** {@code {"cves": […]}}, {@code {"cve": "…"}} or a plain array. */
    private void addCves(IvantiCall call) {
        ConsoleItem group = group(call);
        List<String> cves = new ArrayList<>();
        for (JsonNode node : call.items().nodes()) {
            if (node.isObject()) {
                Body body = Body.of(node, "The body");
                cves.addAll(body.texts("cves"));
                cves.addAll(body.texts("cve"));
            } else {
                cves.add(node.asText());
            }
        }
        List<String> checked = cves.stream()
                .map(cve -> cve.strip().toUpperCase(Locale.ROOT))
                .peek(cve -> {
                    if (!CVE.matcher(cve).matches()) {
                        throw IvantiRefusal.of(
                                "cves", "must hold CVE ids such as CVE-2021-44228, but one is '" + cve + "'");
                    }
                })
                .toList();
        if (checked.isEmpty()) {
            throw IvantiRefusal.of("cves", "is required");
        }
        change(call, group, fixing(checked), checked);
    }

    /** On SUSE a baseline cannot ask for CVEs in every case; the advisories that fix them now are noted as well. */
    private List<String> fixing(List<String> cves) {
        return offers.all().stream()
                .filter(offer -> offer.patch().allCves().stream().anyMatch(cves::contains))
                .map(Offer::groupEntry)
                .distinct()
                .toList();
    }

    private void change(IvantiCall call, ConsoleItem group, List<String> names, List<String> cves) {
        PatchGroup content = PatchGroups.content(group).with(names, cves);
        ConsoleItem changed = groups.replace(
                group.number(), group.name(), content, call.user().name());
        call.answer(model(changed, call.links()));
    }

    private record Model(int id, String creator, Map<String, Map<String, String>> links, String name, String path) {}

    private static Model model(ConsoleItem group, Base links) {
        String self = PATH + "/" + group.number();
        return new Model(
                group.number(),
                group.creator(),
                Map.of(
                        "self", links.href(self),
                        "patches", links.href(self + "/patches"),
                        "usedby", links.href(self + "/usedby")),
                group.name(),
                PatchGroups.content(group).path());
    }
}
