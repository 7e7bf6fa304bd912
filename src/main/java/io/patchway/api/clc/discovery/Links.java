package io.patchway.api.clc.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * The links of one entity. Every one of them can be followed: what is not served is not linked to. A link without verbs
 * is for GET.
 *
 * @param links the array that they are added to
 * @param alias account alias, in upper case
 */
record Links(ArrayNode links, String alias) {
    /** Beginning of an entity's array. */
    static Links of(ObjectNode entity, String alias) {
        return new Links(entity.putArray("links"), alias);
    }

    /** An address without a name. */
    Links add(String rel, String href) {
        links.addObject().put("rel", rel).put("href", href);
        return this;
    }

    /** An address that is not for GET, but for this verb only. */
    Links addFor(String verb, String rel, String href) {
        links.addObject().put("rel", rel).put("href", href).putArray("verbs").add(verb);
        return this;
    }

    /** @param id as clients are to call it */
    Links add(String rel, String href, String id) {
        links.addObject().put("rel", rel).put("href", href).put("id", id);
        return this;
    }

    Links add(String rel, String href, String id, String name) {
        links.addObject().put("rel", rel).put("href", href).put("id", id).put("name", name);
        return this;
    }

    /** As the service writes it: alias and id in lower case. */
    String server(String id) {
        return "/v2/servers/" + alias.toLowerCase(Locale.ROOT) + "/" + id;
    }

    String group(String id) {
        return "/v2/groups/" + alias + "/" + id;
    }

    String datacenter(String id) {
        return "/v2/datacenters/" + alias + "/" + id;
    }

    String account() {
        return "/v2/accounts/" + alias.toLowerCase(Locale.ROOT);
    }
}
