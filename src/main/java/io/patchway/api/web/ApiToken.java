package io.patchway.api.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The bearer token of Patchway's own API. Only its hash is kept in memory. */
public final class ApiToken {
    private static final int RANDOM_BYTES = 32;
    private static final int SHORTEST = 22;
    private static final String SCHEME = "Bearer ";

    private final byte[] hash;

    private ApiToken(String token) {
        this.hash = sha256(token);
    }

    /**
     * Reads the token from a file, its first line. When there is no such file, makes a random token and a file that
     * only this account can read.
     *
     * @throws IOException when the file cannot be read or made, or holds no token of at least 22 characters
     */
    public static ApiToken in(Path file) throws IOException {
        if (Files.notExists(file)) {
            make(file);
        }
        String token = Files.readString(file).lines().findFirst().orElse("").strip();
        if (token.length() < SHORTEST) {
            throw new IOException(file + " must hold a token of at least " + SHORTEST
                    + " characters in its first line; delete the file to get a random one");
        }
        return new ApiToken(token);
    }

    /** Whether an {@code Authorization} header carries the token; takes the same time whatever it holds. */
    public boolean admits(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String given = bearer ? authorization.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(hash, sha256(given));
    }

    private static void make(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        Files.writeString(file, token + "\n");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
