package io.patchway.api.ssm.baseline;

import static io.patchway.api.ssm.baseline.BaselineStore.ALICE;
import static io.patchway.api.ssm.baseline.BaselineStore.NAMES;
import static io.patchway.api.ssm.baseline.BaselineStore.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.baseline.PatchGroupOperations.DescribePatchGroups;
import io.patchway.api.ssm.baseline.PatchGroupOperations.GroupAndSystem;
import io.patchway.api.ssm.baseline.PatchGroupOperations.Mapping;
import io.patchway.api.ssm.baseline.PatchGroupOperations.Registration;
import io.patchway.baseline.StoredBaseline;
import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatchGroupOperationsTest {
    private final BaselineStore store = new BaselineStore();
    private final PatchGroupOperations operations = new PatchGroupOperations(store.baselines, store.catalogue, NAMES);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aGroupIsServedByWhatIsRegisteredElseByTheDefault() {
        String own = store.create("{\"Name\":\"web\",\"OperatingSystem\":\"DEBIAN\"}");
        assertThat(serving("production")).isEqualTo(NAMES.of(store.baselines.defaultFor(OperatingSystem.DEBIAN)));

        operations.register(ALICE, new Registration(own, "production"));
        assertThat(serving("production")).isEqualTo(own);

        operations.deregister(ALICE, new Registration(own, "production"));
        assertThat(serving("production")).isNotEqualTo(own);
        operations.deregister(ALICE, new Registration(own, "production"));
    }

    @Test
    void aGroupThatIsTakenForASystemIsRefusedInTheWordsOfTheService() {
        String first = store.create("{\"Name\":\"web\",\"OperatingSystem\":\"DEBIAN\"}");
        String second = store.create("{\"Name\":\"web\",\"OperatingSystem\":\"DEBIAN\"}");
        String other = store.create("{\"Name\":\"web\",\"OperatingSystem\":\"SUSE\"}");
        operations.register(ALICE, new Registration(first, "production"));
        operations.register(ALICE, new Registration(other, "production"));

        assertThatThrownBy(() -> operations.register(ALICE, new Registration(second, "production")))
                .isInstanceOfSatisfying(
                        SsmException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("AlreadyExistsException"))
                .hasMessage("Patch Group baseline already has a baseline registered for OperatingSystem DEBIAN.");
        assertThatThrownBy(() -> store.operations().delete(ALICE, new PatchBaselineOperations.OneBaseline(first)))
                .isInstanceOfSatisfying(
                        SsmException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("ResourceInUseException"))
                .hasMessage("PatchBaseline to be deleted is used for Patch Group: production");
    }

    @Test
    void aBaselineThatDoesNotExistIsSaidSo() {
        Registration unknown = new Registration("pb-0000000000000dead", "production");

        assertThatThrownBy(() -> operations.register(ALICE, unknown)).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> operations.deregister(ALICE, unknown)).hasMessageContaining("does not exist");
    }

    @Test
    void aBaselineServesNoMoreGroupsThanAllowed() {
        String own = store.create("{\"Name\":\"web\"}");
        operations.register(ALICE, new Registration(own, "one"));
        operations.register(ALICE, new Registration(own, "two"));

        assertThatThrownBy(() -> operations.register(ALICE, new Registration(own, "three")))
                .isInstanceOfSatisfying(
                        SsmException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("ResourceLimitExceededException"));
    }

    @Test
    void registrationsAreListedWithTheirBaselines() {
        String own = store.create("{\"Name\":\"web\",\"OperatingSystem\":\"DEBIAN\"}");
        operations.register(ALICE, new Registration(own, "production"));
        operations.register(ALICE, new Registration(NAMES.of(suse()), "production"));
        operations.register(ALICE, new Registration(own, "test"));

        assertThat(mappings("{}")).extracting(Mapping::patchGroup).containsExactly("production", "production", "test");
        assertThat(mappings("{\"Filters\":[{\"Key\":\"NAME_PREFIX\",\"Values\":[\"te\"]}]}"))
                .extracting(mapping -> mapping.baselineIdentity().baselineId())
                .containsExactly(own);
        assertThat(mappings("{\"Filters\":[{\"Key\":\"OPERATING_SYSTEM\",\"Values\":[\"SUSE\"]}]}"))
                .extracting(Mapping::baselineIdentity)
                .containsExactly(BaselineIdentity.of(suse(), NAMES, store.baselines.defaults()));
    }

    private StoredBaseline suse() {
        return store.baselines.defaultFor(OperatingSystem.SUSE);
    }

    private List<Mapping> mappings(String json) {
        return operations.describe(read(json, DescribePatchGroups.class)).mappings();
    }

    private String serving(String group) {
        return operations
                .get(new GroupAndSystem(group, Optional.of(OperatingSystem.DEBIAN)))
                .baselineId();
    }
}
