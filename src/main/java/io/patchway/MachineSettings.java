package io.patchway;

import io.patchway.config.BadSettingException;
import io.patchway.config.Settings;
import io.patchway.mail.MailSettings;
import io.patchway.mail.MailSettings.Smtp;
import io.patchway.mail.MailSettings.StartTls;
import io.patchway.routes.BrokerSettings;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.ExecutionIds;
import io.patchway.run.NodeSettings;
import io.patchway.run.RetentionRule;
import io.patchway.run.RunPolicy;
import io.patchway.store.DatabaseSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads the settings of the parts that this machine provides: node, database, mail server, patience. */
record MachineSettings(Settings settings) {
    private static final String FOREVER = "forever";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);

    DatabaseSettings database() {
        String url = settings.text("patchway.database.url", DatabaseSettings.DEFAULT_URL);
        try {
            return new DatabaseSettings(
                    url,
                    settings.text("patchway.database.user"),
                    settings.path("patchway.database.password-file"),
                    settings.number("patchway.database.connections", DatabaseSettings.DEFAULT_CONNECTIONS, 2, 100));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("patchway.database", e.getMessage());
        }
    }

    NodeSettings node() {
        Duration lease = settings.duration("patchway.node.lease", LEASE);
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new BadSettingException(
                    "patchway.node.lease", "must be at least " + SHORTEST_LEASE.toSeconds() + "s");
        }
        return new NodeSettings(
                nodeName(), settings.number("patchway.node.places", 32, 1, 1000), lease, !steps().startsWith("seda:"));
    }

    String nodeName() {
        return settings.text("patchway.node.name").orElseGet(MachineSettings::hostName);
    }

    /** Where steps travel from the node that claims them to the one that takes them: a Camel endpoint. */
    String steps() {
        return settings.text("patchway.steps", "seda:steps");
    }

    /** The broker that carries steps; empty when they stay inside this process. */
    Optional<BrokerSettings> broker() {
        Optional<String> user = settings.text("patchway.broker.user");
        Optional<Path> passwordFile = settings.path("patchway.broker.password-file");
        Optional<BrokerSettings> broker =
                settings.text("patchway.broker.url").map(url -> new BrokerSettings(url, user, passwordFile));
        if (steps().startsWith("jms:") && broker.isEmpty()) {
            throw new BadSettingException("patchway.broker.url", "must name the broker of patchway.steps = " + steps());
        }
        return broker;
    }

    /** How server runs are called; the same on all nodes. */
    ExecutionIds executionIds() {
        String location = settings.text("patchway.clc.location", ExecutionIds.STANDARD.location());
        try {
            return new ExecutionIds(location);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("patchway.clc.location", e.getMessage());
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new BadSettingException(
                    "patchway.node.name", "is not set and this machine's host name is not known: " + e.getMessage());
        }
    }

    AdmissionLimit admissionLimit() {
        return new AdmissionLimit(
                settings.number("patchway.requests.most-open-runs", AdmissionLimit.DEFAULT, 1, 10_000_000));
    }

    RunPolicy policy() {
        RunPolicy standard = RunPolicy.standard();
        Duration returnDeadline = settings.duration("patchway.run.return-deadline", standard.returnDeadline());
        return new RunPolicy(
                settings.duration("patchway.run.queue-deadline", standard.queueDeadline()),
                settings.duration("patchway.run.start-deadline", standard.startDeadline()),
                settings.duration("patchway.run.scan-deadline", standard.scanDeadline()),
                settings.duration("patchway.run.install-deadline", standard.installDeadline()),
                returnDeadline.plus(standard.startDeadline()),
                returnDeadline,
                standard.poll(),
                standard.busyPause(),
                settings.duration("patchway.run.reboot-reserve", standard.rebootReserve()));
    }

    /** From how many servers on a request that says nothing goes through them cautiously; 0: never. */
    int largeFleet() {
        return settings.number("patchway.rollout.large-fleet", 50, 0, 1_000_000);
    }

    /** How long a held rollout waits for somebody to resume it. */
    Duration rolloutPatience() {
        return settings.duration("patchway.rollout.patience", Duration.ofDays(3));
    }

    RetentionRule retention() {
        boolean forever = settings.text("patchway.retention.audit", FOREVER).equals(FOREVER);
        try {
            return new RetentionRule(
                    settings.duration("patchway.retention.detail", Duration.ofDays(90)),
                    settings.duration("patchway.retention.history", Duration.ofDays(730)),
                    forever
                            ? Optional.empty()
                            : Optional.of(settings.duration("patchway.retention.audit", Duration.ofDays(3650))));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("patchway.retention.detail", e.getMessage());
        }
    }

    MailSettings mail() {
        try {
            return new MailSettings(
                    smtp(),
                    settings.text("patchway.mail.from", "patchway@localhost.localdomain"),
                    settings.path("patchway.mail.outbox", "var/outbox"),
                    Path.of("config/mail"));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("patchway.mail", e.getMessage());
        }
    }

    /** Reads everything about the mail server even when none is named, so that a mistake shows at once. */
    private Optional<Smtp> smtp() {
        StartTls startTls = switch (settings.text("patchway.mail.smtp.starttls", "required")) {
            case "required" -> StartTls.REQUIRED;
            case "off" -> StartTls.OFF;
            default -> throw new BadSettingException("patchway.mail.smtp.starttls", "must be required or off");
        };
        int port = settings.number("patchway.mail.smtp.port", 587, 1, 65535);
        Optional<String> user = settings.text("patchway.mail.smtp.user");
        Optional<Path> passwordFile = settings.path("patchway.mail.smtp.password-file");
        Optional<Path> certificates = settings.path("patchway.mail.smtp.trusted-certificates");
        return settings.text("patchway.mail.smtp.host")
                .map(host -> new Smtp(host, port, startTls, user, passwordFile, certificates));
    }
}
