package io.patchway.api.ivanti.credential;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ivanti.template.Documents;
import io.patchway.console.ConsoleItem;
import java.util.List;
import java.util.UUID;

/**
 * What is kept of a credential, which is never its password: servers are reached with the keys of the inventory, and a
 * password that nothing is done with is better not kept.
 *
 * @param owner who created it
 */
record StoredCredential(UUID id, int number, String name, String owner, Content content) {

    /**
     * Of which account it is.
     *
     * @param sharedWith names of users who see it too
     */
    record Content(
            @JsonProperty("userName") String userName,
            @JsonProperty("sharedWith") List<String> sharedWith) {}

    static StoredCredential of(ConsoleItem item) {
        return new StoredCredential(
                item.guid(),
                item.number(),
                item.name(),
                item.creator(),
                Documents.read(item.document(), Content.class));
    }

    boolean isOf(String user) {
        return owner.equalsIgnoreCase(user);
    }

    boolean isSharedWith(String user) {
        return content.sharedWith().stream().anyMatch(user::equalsIgnoreCase);
    }
}
