package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.SettableClock;
import io.patchway.tag.ResourceType;
import io.patchway.tag.Tags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tags of resources promise, on every database. */
abstract class TagsContract extends StoreContract {
    private static final ResourceType NODE = ResourceType.MANAGED_INSTANCE;

    private Tags tags;

    @BeforeEach
    void openTags() {
        tags = new SqlTags(database, "node-1", new SettableClock(NOON));
    }

    @Test
    void tagsAreAddedChangedAndRemoved() {
        tags.add(NODE, "web-01", Map.of("team", "ops", "stage", "test"), all -> {}, "alice");
        tags.add(NODE, "web-01", Map.of("stage", "production"), all -> {}, "alice");
        tags.remove(NODE, "web-01", List.of("team", "unknown"), "alice");

        assertThat(tags.of(NODE, "web-01")).isEqualTo(Map.of("stage", "production"));
        assertThat(tags.of(ResourceType.PATCH_BASELINE, "web-01")).isEmpty();
        assertThat(tags.all(NODE)).isEqualTo(Map.of("web-01", Map.of("stage", "production")));
    }

    @Test
    void nothingIsKeptOfWhatTheCheckRefuses() {
        tags.add(NODE, "web-01", Map.of("team", "ops"), all -> {}, "alice");

        assertThatThrownBy(() -> tags.add(
                        NODE,
                        "web-01",
                        Map.of("team", "dev", "stage", "test"),
                        all -> {
                            throw new IllegalStateException(all.size() + " tags");
                        },
                        "alice"))
                .hasMessage("2 tags");

        assertThat(tags.of(NODE, "web-01")).isEqualTo(Map.of("team", "ops"));
    }

    @Test
    void removingWhatIsNotThereIsNoEvent() {
        tags.remove(NODE, "web-01", List.of("team"), "alice");

        assertThat(database.<Integer>inTransaction(handle -> handle.createQuery("select count(*) from audit_pending")
                        .mapTo(Integer.class)
                        .one()))
                .isZero();
    }
}
