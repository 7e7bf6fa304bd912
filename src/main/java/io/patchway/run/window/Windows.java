package io.patchway.run.window;

import io.patchway.window.WindowId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every maintenance window: those of files, which stay as they are until the next start, and those of the API. */
public final class Windows {
    private final List<StoredWindow> ofFiles;
    private final WindowBook book;

    public Windows(List<StoredWindow> ofFiles, WindowBook book) {
        this.ofFiles = List.copyOf(ofFiles);
        this.book = book;
    }

    public Optional<StoredWindow> find(WindowId id) {
        return ofFiles.stream()
                .filter(window -> window.id().equals(id))
                .findFirst()
                .or(() -> book.find(id));
    }

    /** The window that is remembered under a key. */
    public Optional<StoredWindow> withKey(String key) {
        return ofFiles.stream()
                .filter(window -> window.key().equals(key))
                .findFirst()
                .or(() -> WindowId.of(key).flatMap(book::find));
    }

    /** All windows: those of files first. */
    public List<StoredWindow> all() {
        List<StoredWindow> all = new ArrayList<>(ofFiles);
        all.addAll(book.all());
        return all;
    }

    /** The keys of all windows that are not switched off. */
    public Set<String> enabledKeys() {
        Set<String> keys = ofFiles.stream()
                .filter(window -> window.terms().enabled())
                .map(StoredWindow::key)
                .collect(Collectors.toCollection(TreeSet::new));
        book.enabled().forEach(id -> keys.add(id.value()));
        return keys;
    }
}
