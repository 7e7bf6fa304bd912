package io.patchway.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was read from files, kept until one of them changes, so that hundreds of servers that share a key do not pay for
 * reading it hundreds of times.
 */
final class FileCache<V> {
    private final Map<List<Path>, Entry<V>> entries = new ConcurrentHashMap<>();

    /** @throws IOException when a file cannot be read */
    V get(List<Path> files, Reader<V> reader) throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.add(
                    new Stamp(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey())));
        }
        Entry<V> known = entries.get(files);
        if (known != null && known.stamps.equals(stamps)) {
            return known.value;
        }
        V value = reader.read();
        entries.put(files, new Entry<>(stamps, value));
        return value;
    }

    void clear() {
        entries.clear();
    }

    /** Reads the value anew. */
    interface Reader<V> {
        V read() throws IOException;
    }

    private record Stamp(FileTime modified, long size, String fileKey) {}

    private record Entry<V>(List<Stamp> stamps, V value) {}
}
