package io.patchway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the configuration is, item by item, without giving any secret away. */
public final class ConfigurationFingerprints {
    private static final Pattern SECRET = Pattern.compile("password|secret|token|passphrase|credential");
    private static final Pattern URL = Pattern.compile("\\w[\\w+.-]*:.*//.*|jdbc:.*");
    private static final int LONGEST_VALUE = 1000;

    private ConfigurationFingerprints() {}

    /**
     * The hash of every file below the folders as {@code file …}, and every setting that has a value as {@code setting
     * …}: its value, or a hash of it when it could hold a secret or is very long.
     */
    public static Map<String, String> of(List<Path> folders, Map<String, String> settings) throws IOException {
        Map<String, String> fingerprints = new TreeMap<>();
        for (Path folder : folders) {
            for (Path file : files(folder)) {
                fingerprints.put("file " + file, sha256(Files.readAllBytes(file)));
            }
        }
        settings.forEach((name, value) -> fingerprints.put("setting " + name, shown(name, value)));
        return fingerprints;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String shown(String name, String value) {
        boolean secret = SECRET.matcher(name).find() && !name.endsWith("-file");
        boolean mayHoldOne = URL.matcher(value).matches();
        return secret || mayHoldOne || value.length() > LONGEST_VALUE
                ? sha256(value.getBytes(StandardCharsets.UTF_8))
                : value;
    }

    private static String sha256(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
