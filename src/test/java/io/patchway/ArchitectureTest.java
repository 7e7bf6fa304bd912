package io.patchway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the floors: arrows point down only. */
@AnalyzeClasses(packages = "io.patchway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] DOMAIN = {
        "io.patchway.patch..",
        "io.patchway.baseline..",
        "io.patchway.server..",
        "io.patchway.scan..",
        "io.patchway.window..",
        "io.patchway.audit..",
        "io.patchway.access..",
        "io.patchway.tag..",
        "io.patchway.maintenance..",
        "io.patchway.console..",
        "io.patchway.run.."
    };

    @ArchTest
    static final ArchRule theDomainKnowsNothingOfTheWorldAround = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.camel..",
                    "java.sql..",
                    "javax.sql..",
                    "org.jdbi..",
                    "org.flywaydb..",
                    "com.zaxxer..",
                    "org.quartz..",
                    "io.javalin..",
                    "org.eclipse.jetty..",
                    "jakarta..",
                    "java.net.http..",
                    "org.apache.sshd..",
                    "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule arrowsPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("top")
            .definedBy("io.patchway", "io.patchway.routes..", "io.patchway.api..", "io.patchway.cli..")
            .layer("intake")
            .definedBy("io.patchway.intake..", "io.patchway.explain..")
            .layer("edge")
            .definedBy(
                    "io.patchway.packagemanager..",
                    "io.patchway.connection..",
                    "io.patchway.store..",
                    "io.patchway.mail..",
                    "io.patchway.webhook..",
                    "io.patchway.report..",
                    "io.patchway.config..")
            .layer("run")
            .definedBy("io.patchway.run..")
            .layer("rules")
            .definedBy(
                    "io.patchway.baseline..",
                    "io.patchway.scan..",
                    "io.patchway.window..",
                    "io.patchway.server..",
                    "io.patchway.audit..",
                    "io.patchway.access..",
                    "io.patchway.tag..",
                    "io.patchway.maintenance..")
            .layer("patch")
            .definedBy("io.patchway.patch..")
            .whereLayer("top")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("intake")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("edge")
            .mayOnlyBeAccessedByLayers("top", "intake")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("top", "intake", "edge")
            .whereLayer("rules")
            .mayOnlyBeAccessedByLayers("top", "intake", "edge", "run");

    @ArchTest
    static final ArchRule thereAreNoCycles =
            slices().matching("io.patchway.(**)").should().beFreeOfCycles();
}
