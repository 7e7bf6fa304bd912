package io.patchway;

import io.patchway.api.Dialect;
import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.baseline.AvailablePatchOperations;
import io.patchway.api.ssm.baseline.BaselineNames;
import io.patchway.api.ssm.baseline.PatchBaselineOperations;
import io.patchway.api.ssm.baseline.PatchGroupOperations;
import io.patchway.api.ssm.baseline.SnapshotLinks;
import io.patchway.api.ssm.baseline.SnapshotOperations;
import io.patchway.api.ssm.baseline.SnapshotPage;
import io.patchway.api.ssm.tag.TagOperations;
import io.patchway.api.web.ExplanationsResource;
import io.patchway.api.web.Resource;
import io.patchway.api.web.TrialsResource;
import io.patchway.baseline.BaselineCatalogue;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.CatalogueLimits;
import io.patchway.baseline.StoredBaseline;
import io.patchway.config.BaselineFiles;
import io.patchway.config.Configuration;
import io.patchway.config.Settings;
import io.patchway.config.document.Problem;
import io.patchway.explain.BaselineTrials;
import io.patchway.explain.PatchExplainer;
import io.patchway.run.RunLedger;
import io.patchway.run.RunPolicy;
import io.patchway.run.ScanHistory;
import io.patchway.run.ServerAccess;
import io.patchway.run.machine.Machines;
import io.patchway.run.step.Steps;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.SqlBaselineCatalogue;
import io.patchway.store.SqlBaselineIntake;
import io.patchway.store.SqlBaselineSnapshots;
import io.patchway.store.SqlBaselines;
import io.patchway.store.SqlScanHistory;
import io.patchway.store.SqlTags;
import io.patchway.tag.TaggedInventory;
import io.patchway.tag.ToldTags;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of Patchway that keep baselines, whoever wrote them. */
final class BaselineKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(BaselineKeeping.class);

    private final Database database;
    private final Settings settings;
    private final String node;
    private final Clock clock;
    private final SqlBaselines baselines;
    private final SqlBaselineCatalogue catalogue;
    private final SqlBaselineSnapshots snapshots;
    private final SqlTags tags;
    private final ScanHistory scans;
    private final SnapshotLinks links;
    private volatile String address = "";
    private Inventory files;
    private TaggedInventory tagged;

    /** @param node the name of this node */
    BaselineKeeping(Database database, Settings settings, String node, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
        this.baselines = new SqlBaselines(database, BaselineFiles.predefinedDefaults());
        this.catalogue = new SqlBaselineCatalogue(database, node, limits(settings), clock);
        this.snapshots = new SqlBaselineSnapshots(database, clock);
        this.tags = new SqlTags(database, node, clock);
        this.scans = new SqlScanHistory(database);
        this.links = new SnapshotLinks(() -> address, clock);
    }

    private static CatalogueLimits limits(Settings settings) {
        return new CatalogueLimits(
                settings.number("patchway.baselines.most", CatalogueLimits.GENEROUS.baselines(), 1, 1_000_000),
                settings.number("patchway.baselines.most-groups", CatalogueLimits.GENEROUS.groups(), 1, 1_000_000));
    }

    /** Makes the stored baselines what the files say; to be called before anything looks one up. */
    void bringIn(Path folder, Configuration written) {
        BaselineFiles files = written.baselines();
        List<StoredBaseline> orphans =
                new SqlBaselineIntake(database, node, clock).bringIn(files.declared(), files.unreadable());
        orphans.forEach(orphan -> LOG.error(
                "The file of baseline {} ({}) is gone, but a patch group or a default still needs it; it goes on with"
                        + " its last content. Restore the file, or register another baseline in its place.",
                orphan.name(),
                orphan.id()));
        written.deadEnds(folder, baselines).stream().map(Problem::toString).forEach(LOG::error);
    }

    Baselines stored() {
        return baselines;
    }

    BaselineCatalogue catalogue() {
        return catalogue;
    }

    /** The steps of server runs, which look their baselines up here. */
    Steps steps(
            Inventory inventory,
            Configuration written,
            ServerAccess access,
            RunLedger ledger,
            RunPolicy policy,
            Machines machines) {
        return new Steps(
                inventory,
                baselines,
                snapshots,
                written.scriptPackages(),
                written::hooks,
                access,
                ledger,
                policy,
                machines,
                clock);
    }

    /** Servers with the tags that they were given through the API. */
    Inventory tagged(Inventory own) {
        files = own;
        tagged = new TaggedInventory(own, tags, clock);
        return tagged;
    }

    /** What is served under {@code /api}: questions about baselines, answered from the scans that were kept. */
    List<Resource> resources(Inventory servers) {
        return List.of(
                new ExplanationsResource(servers, new PatchExplainer(baselines, scans, clock)),
                new TrialsResource(baselines, catalogue, new BaselineTrials(scans, clock)));
    }

    /**
     * What is served in the words of AWS Systems Manager; to be called once the servers are known.
     *
     * @param windowExists whether there is a maintenance window with this id
     */
    List<OperationGroup> operations(ClientTokens tokens, Predicate<String> windowExists) {
        BaselineNames names = new BaselineNames(
                settings.text("patchway.aws.region", "us-east-1"),
                settings.text("patchway.aws.account", "000000000000"));
        return List.of(
                new PatchBaselineOperations(baselines, catalogue, tokens, names),
                new PatchGroupOperations(baselines, catalogue, names),
                new TagOperations(new ToldTags(tags, tagged::lookAgain), new NodeIds(files), baselines, windowExists),
                new AvailablePatchOperations(scans, files, baselines, clock),
                new SnapshotOperations(new NodeIds(tagged), scans, baselines, snapshots, links, clock));
    }

    /** Where snapshots are fetched, with the links that the operations give out. */
    Dialect snapshotPage() {
        return new SnapshotPage(snapshots, links);
    }

    /** Remembers where the door is, for links, and tells it; a proxy in front of it must be named by a setting. */
    String reachedAt(String door) {
        address = settings.text("patchway.api.public-url", door).replaceAll("/+$", "");
        return door;
    }
}
