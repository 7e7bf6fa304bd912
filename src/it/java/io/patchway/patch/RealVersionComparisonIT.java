package io.patchway.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.hosts.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares thousands of generated pairs of versions and asks the real rpm and dpkg whether they agree. */
class RealVersionComparisonIT {
    private static final long SEED = 20261121;
    private static final int RPM_PAIRS = 20_000;
    private static final int DEB_PAIRS = 4_000;

    private static final String RPM_PROGRAM = """
        %{lua:
        for line in io.lines('PAIRS') do
          local a, b = line:match('(%S+) (%S+)')
          print(rpm.vercmp(a, b) .. '\\n')
        end}
        """;
    private static final String DPKG_PROGRAM = """
        while read -r a b; do
          if dpkg --compare-versions "$a" lt "$b"; then echo -1
          elif dpkg --compare-versions "$a" gt "$b"; then echo 1
          else echo 0; fi
        done < "$1"
        """;

    private record Pair(String left, String right) {}

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    @Test
    void rpmVersionsCompareAsRpmSays() throws Exception {
        Needed.that(isOnPath("rpm"), "rpm is not installed");
        List<Pair> pairs =
                Stream.generate(() -> pair(this::rpmVersion)).limit(RPM_PAIRS).toList();
        Path file = write(pairs);
        assertSameAs(run("rpm", "--eval", RPM_PROGRAM.replace("PAIRS", file.toString())), pairs, PackageVersion::rpm);
    }

    @Test
    void debVersionsCompareAsDpkgSays() throws Exception {
        Needed.that(isOnPath("dpkg"), "dpkg is not installed");
        List<Pair> pairs =
                Stream.generate(() -> pair(this::debVersion)).limit(DEB_PAIRS).toList();
        assertSameAs(run("sh", "-c", DPKG_PROGRAM, "sh", write(pairs).toString()), pairs, PackageVersion::deb);
    }

    private static void assertSameAs(
            List<Integer> answers, List<Pair> pairs, Function<String, PackageVersion> version) {
        assertThat(answers).as("answers of the real tool").hasSameSizeAs(pairs).contains(-1, 0, 1);
        List<String> wrong = new ArrayList<>();
        for (int index = 0; index < pairs.size(); index++) {
            Pair pair = pairs.get(index);
            int ours = Integer.signum(version.apply(pair.left()).compareTo(version.apply(pair.right())));
            if (ours != answers.get(index)) {
                wrong.add(pair + ": ours " + ours + ", the tool's " + answers.get(index));
            }
        }
        assertThat(wrong).as("pairs that compare otherwise, seed %d", SEED).isEmpty();
    }

    /** Two versions, often alike but for a part, as the two of an update are. */
    private Pair pair(Function<Random, String> version) {
        String left = version.apply(random);
        return switch (random.nextInt(4)) {
            case 0 -> new Pair(left, version.apply(new Random(random.nextInt(50))));
            case 1 -> new Pair(left, changedInOnePlace(left));
            default -> new Pair(left, version.apply(random));
        };
    }

    /** Changes a digit of the version, which keeps it valid. */
    private String changedInOnePlace(String text) {
        List<Integer> digits = new ArrayList<>();
        for (int place = 0; place < text.length(); place++) {
            if (Character.isDigit(text.charAt(place))) {
                digits.add(place);
            }
        }
        if (digits.isEmpty()) {
            return text;
        }
        int place = digits.get(random.nextInt(digits.size()));
        return text.substring(0, place) + random.nextInt(10) + text.substring(place + 1);
    }

    private String rpmVersion(Random source) {
        String release = source.nextInt(10) == 0 ? "" : "-" + word(source, "01a2.~^_el9", 6);
        return epoch(source) + word(source, "0012ab9.~^_+AZ", 8) + release;
    }

    private String debVersion(Random source) {
        String upstream = source.nextInt(10) + word(source, "0012ab9.~+AZ", 8);
        String revision = source.nextInt(3) == 0 ? "" : "-" + word(source, "01a2.~+u", 6);
        return epoch(source) + upstream + revision;
    }

    private static String epoch(Random source) {
        return source.nextInt(3) == 0 ? source.nextInt(3) + ":" : "";
    }

    private static String word(Random source, String letters, int longest) {
        StringBuilder word = new StringBuilder();
        for (int length = 1 + source.nextInt(longest); length > 0; length--) {
            word.append(letters.charAt(source.nextInt(letters.length())));
        }
        return word.toString();
    }

    private Path write(List<Pair> pairs) throws IOException {
        return Files.write(
                folder.resolve("pairs"),
                pairs.stream().map(pair -> pair.left() + " " + pair.right()).toList());
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    private List<Integer> run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("answers");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        List<String> lines = Files.readAllLines(output);
        assertThat(status)
                .as(
                        "exit status of %s, which said %s",
                        command[0], lines.stream().limit(5).toList())
                .isZero();
        return lines.stream()
                .filter(line -> !line.isBlank())
                .map(Integer::valueOf)
                .toList();
    }
}
