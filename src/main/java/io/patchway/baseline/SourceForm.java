package io.patchway.baseline;

import io.patchway.server.PatchFamily;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which a source must be written for the package manager of a family: on yum, dnf and zypper what a
 * {@code .repo} file holds, with apt one {@code deb} line or several. Only Linux hosts use sources; those of another
 * system have no form.
 */
public final class SourceForm {
    /** They travel together with an install plan, which needs room, too. */
    private static final int MOST_BYTES = 40_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{3,50}");
    private static final Pattern SECTION = Pattern.compile("\\[([A-Za-z0-9_.:-]+)]\\s*");
    private static final Pattern SETTING = Pattern.compile("([A-Za-z0-9_.-]+)\\s*=\\s*(.*)");
    private static final Set<String> ADDRESSES = Set.of("baseurl", "mirrorlist", "metalink");
    private static final Pattern DEB = Pattern.compile(
            "deb(?:\\s+\\[[^\\[\\]]*])?\\s+[a-z][a-z0-9+.-]*:\\S+\\s+(\\S+)((?:\\s+[^\\s#]+)*)\\s*(?:#.*)?");

    private SourceForm() {}

    /** What is wrong with a source for hosts of this family, for people; empty when nothing is. */
    public static Optional<String> problem(PatchSource source, PatchFamily family) {
        return problem(List.of(source), family);
    }

    /**
     * What is wrong with sources that one host is to use together: something with one of them, two repositories of the
     * same id, of which the package manager would take only one, or more than 40,000 bytes of configuration.
     */
    public static Optional<String> problem(List<PatchSource> sources, PatchFamily family) {
        Set<String> ids = new HashSet<>();
        for (PatchSource source : sources) {
            Optional<String> problem = NAME.matcher(source.name()).matches()
                    ? problem(source.configuration(), family, ids)
                    : Optional.of("its name must be 3 to 50 letters, digits, '_', '-' or '.'");
            if (problem.isPresent()) {
                return Optional.of("source " + source.name() + ": " + problem.get());
            }
        }
        return bytes(sources) > MOST_BYTES
                ? Optional.of("the configurations of its sources for one host have more than " + MOST_BYTES + " bytes")
                : Optional.empty();
    }

    private static int bytes(List<PatchSource> sources) {
        return sources.stream()
                .mapToInt(source -> source.configuration().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static Optional<String> problem(String configuration, PatchFamily family, Set<String> ids) {
        if (configuration
                .chars()
                .anyMatch(one -> Character.isISOControl(one) && one != '\n' && one != '\r' && one != '\t')) {
            return Optional.of("its configuration has control characters");
        }
        List<String> lines = configuration.lines().toList();
        return switch (family) {
            case YUM, ZYPPER -> new Stanzas(ids).problem(lines);
            case APT -> aptProblem(lines);
            case WINDOWS, MACOS -> Optional.empty(); // nobody reads them there
        };
    }

    private static Optional<String> aptProblem(List<String> lines) {
        boolean any = false;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher deb = DEB.matcher(line);
            if (!deb.matches()) {
                return at(number, "must be 'deb [options] ADDRESS SUITE COMPONENT...'");
            }
            if (deb.group(1).endsWith("/") != deb.group(2).isBlank()) {
                return at(number, "needs components after its suite, or none after one that ends with '/'");
            }
            any = true;
        }
        return any ? Optional.empty() : Optional.of("its configuration needs a line 'deb ADDRESS SUITE COMPONENT...'");
    }

    private static Optional<String> at(int line, String problem) {
        return Optional.of("line %d of its configuration %s".formatted(line, problem));
    }

    /** A {@code .repo} file, read line by line. */
    private static final class Stanzas {
        private final Set<String> ids;
        private Optional<String> open = Optional.empty();
        private boolean addressed;
        private String setting = "";

        Stanzas(Set<String> ids) {
            this.ids = ids;
        }

        Optional<String> problem(List<String> lines) {
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1);
                if (line.isBlank() || line.matches("\\s*[#;].*")) {
                    continue;
                }
                Optional<String> problem = line.startsWith("[") ? begin(line) : accept(line);
                if (problem.isPresent()) {
                    return at(number, problem.get());
                }
            }
            return open.isEmpty()
                    ? Optional.of("its configuration needs a stanza '[id]' with a baseurl, as a .repo file has")
                    : withoutAddress().map(problem -> "the stanza that its configuration ends with " + problem);
        }

        private Optional<String> begin(String line) {
            Optional<String> problem = withoutAddress();
            if (problem.isPresent()) {
                return Optional.of("begins a stanza, but the one before " + problem.get());
            }
            Matcher section = SECTION.matcher(line);
            if (!section.matches()) {
                return Optional.of("must be '[id]', the id of letters, digits, '_', '-', '.' or ':'");
            }
            if (section.group(1).equals("main")) {
                return Optional.of("begins the stanza 'main', which is no repository's");
            }
            if (!ids.add(section.group(1))) {
                return Optional.of("begins the stanza '" + section.group(1) + "', which there was before");
            }
            open = Optional.of(section.group(1));
            addressed = false;
            setting = "";
            return Optional.empty();
        }

        private Optional<String> withoutAddress() {
            return addressed
                    ? Optional.empty()
                    : open.map(id -> "('" + id + "') has no baseurl, mirrorlist or metalink");
        }

        /** A setting, or the further lines of one, which are indented. */
        private Optional<String> accept(String line) {
            if (open.isEmpty()) {
                return Optional.of("stands before the first stanza '[id]'");
            }
            if (Character.isWhitespace(line.charAt(0)) && !setting.isEmpty()) {
                addressed |= ADDRESSES.contains(setting);
                return Optional.empty();
            }
            Matcher words = SETTING.matcher(line);
            if (!words.matches()) {
                return Optional.of("must be 'setting=value'");
            }
            setting = words.group(1);
            addressed |= ADDRESSES.contains(setting) && !words.group(2).isBlank();
            return Optional.empty();
        }
    }
}
