package io.patchway.config.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads JSON and YAML into {@link Value}s that know where they stand. Strict: one document, no name twice, no anchors,
 * no invisible characters, nothing larger or deeper than any honest document is.
 */
public final class DocumentReader {
    /** The largest document, in bytes; a request for more than 10,000 servers fits several times. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final int MAX_DEPTH = 32;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxDocumentLength(MAX_BYTES)
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(64 * 1024)
            .maxNumberLength(32)
            .maxNameLength(256)
            .build();

    private final JsonFactory parsers;
    private final boolean letterCaseMatters;

    private DocumentReader(JsonFactory parsers, boolean letterCaseMatters) {
        this.parsers = parsers;
        this.letterCaseMatters = letterCaseMatters;
    }

    /** Reads JSON as RFC 8259 has it; names of fields must be spelt exactly. */
    public static DocumentReader json() {
        return new DocumentReader(
                JsonFactory.builder().streamReadConstraints(LIMITS).build(), true);
    }

    /** Reads JSON, letter case of field names aside. */
    public static DocumentReader jsonInAnyCase() {
        return new DocumentReader(json().parsers, false);
    }

    /** Reads YAML without anchors, aliases and tags; names of fields must be spelt exactly. */
    public static DocumentReader yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        return new DocumentReader(
                YAMLFactory.builder()
                        .loaderOptions(options)
                        .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                        .streamReadConstraints(LIMITS)
                        .build(),
                true);
    }

    /**
     * Reads a file. Symbolic links in the last part of the path are not followed.
     *
     * @throws BadDocumentException when the file cannot be read or is not well-formed
     */
    public Value read(Path file) throws BadDocumentException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw bad(file.toString(), "is not a regular file");
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return read(file.toString(), stream);
        } catch (IOException e) {
            throw bad(file.toString(), "cannot be read: " + e);
        }
    }

    /**
     * Reads a stream to its end, or until it is too long.
     *
     * @param file what to call the document in problems
     * @throws BadDocumentException when the document is not well-formed
     */
    public Value read(String file, InputStream stream) throws BadDocumentException, IOException {
        return read(file, stream.readNBytes(MAX_BYTES + 1));
    }

    /**
     * Reads a document that is in memory.
     *
     * @param file what to call the document in problems
     * @throws BadDocumentException when the document is not well-formed
     */
    public Value read(String file, byte[] content) throws BadDocumentException {
        if (content.length > MAX_BYTES) {
            throw bad(file, "is larger than " + MAX_BYTES + " bytes");
        }
        String text = decode(file, content);
        try (JsonParser parser = parsers.createParser(text)) {
            return new ValueParser(file, parser, letterCaseMatters).parse();
        } catch (IOException e) {
            throw SyntaxProblem.of(file, e);
        }
    }

    private static String decode(String file, byte[] content) throws BadDocumentException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad(file, "is not UTF-8 text");
        }
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            int line = (int) text.substring(0, nul).lines().count();
            throw new BadDocumentException(
                    List.of(new Problem(file, Math.max(line, 1), "", "holds a NUL character; write plain text")));
        }
        return text;
    }

    private static BadDocumentException bad(String file, String message) {
        return new BadDocumentException(List.of(new Problem(file, 0, "", message)));
    }
}
