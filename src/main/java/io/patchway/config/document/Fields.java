package io.patchway.config.document;

import io.patchway.config.document.Value.Member;
import io.patchway.config.document.Value.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of one group of a document while it is being read. What is wrong goes to the {@link Problems}; the reader
 * gets an empty answer and goes on, so that one reading finds everything.
 */
public final class Fields {
    private final Place place;
    private final String path;
    private final Optional<Map<String, Member>> members;
    private final Problems problems;

    private Fields(Value value, String path, Problems problems) {
        this.place = value.place();
        this.path = path;
        this.problems = problems;
        this.members = value instanceof Value.Members group ? Optional.of(group.members()) : Optional.empty();
        if (members.isEmpty()) {
            problems.add(place, path, "must be a group of fields, but is " + value.kind());
        }
    }

    /** Opens the whole document, which must be a group of these fields. */
    public static Fields root(Value value, Problems problems, String... allowed) {
        return new Fields(value, "", problems).onlyWith(List.of(allowed));
    }

    /** Opens the whole document, which must be a group of fields; those that are not asked for are ignored. */
    public static Fields lenientRoot(Value value, Problems problems) {
        return new Fields(value, "", problems);
    }

    /** Where the group begins. */
    public Place place() {
        return place;
    }

    /** Reads a field that may be left out. */
    public <T> Optional<T> optional(String name, Kind<T> kind) {
        return present(name).flatMap(member -> read(member.value(), pathOf(name), kind));
    }

    /** Reads a field that must be there. */
    public <T> Optional<T> required(String name, Kind<T> kind) {
        need(name);
        return optional(name, kind);
    }

    /** Opens a group of fields that may be left out. */
    public Optional<Fields> group(String name, String... allowed) {
        return present(name)
                .map(member -> new Fields(member.value(), pathOf(name), problems).onlyWith(List.of(allowed)));
    }

    /** Opens a group of fields that may be left out; those that are not asked for are ignored. */
    public Optional<Fields> lenientGroup(String name) {
        return present(name).map(member -> new Fields(member.value(), pathOf(name), problems));
    }

    /** Opens a group of fields that must be there. */
    public Optional<Fields> requiredGroup(String name, String... allowed) {
        need(name);
        return group(name, allowed);
    }

    /** Notes when a field is missing. */
    public Fields need(String name) {
        if (members.isPresent() && present(name).isEmpty()) {
            problems.add(place, pathOf(name), "is missing");
        }
        return this;
    }

    /** Reads a list of values of one kind; empty when it is left out. */
    public <T> List<T> list(String name, int least, int most, Kind<T> kind) {
        List<T> read = new ArrayList<>();
        forEach(
                name,
                least,
                most,
                (value, itemPath) -> read(value, itemPath, kind).ifPresent(read::add));
        return read;
    }

    /**
     * Reads a list of groups of these fields; empty when it is left out.
     *
     * @param read makes something of a group; what it cannot read it leaves out
     */
    public <T> List<T> groups(String name, int least, int most, Function<Fields, Optional<T>> read, String... allowed) {
        List<T> groups = new ArrayList<>();
        forEach(name, least, most, (value, itemPath) -> {
            Fields fields = new Fields(value, itemPath, problems).onlyWith(List.of(allowed));
            read.apply(fields).ifPresent(groups::add);
        });
        return groups;
    }

    /**
     * Reads a list of groups of fields, of which those that are not asked for are ignored; empty when it is left out.
     *
     * @param read makes something of a group; what it cannot read it leaves out
     */
    public <T> List<T> lenientGroups(String name, int least, int most, Function<Fields, Optional<T>> read) {
        List<T> groups = new ArrayList<>();
        forEach(
                name,
                least,
                most,
                (value, itemPath) ->
                        read.apply(new Fields(value, itemPath, problems)).ifPresent(groups::add));
        return groups;
    }

    /** Reads a group of fields with names of the writer's choice; empty when it is left out. */
    public <T> Map<String, T> map(String name, Kind<String> names, Kind<T> kind) {
        Map<String, T> read = new LinkedHashMap<>();
        present(name).ifPresent(member -> {
            Fields fields = new Fields(member.value(), pathOf(name), problems);
            for (Member entry : fields.members.orElse(Map.of()).values()) {
                String entryPath = fields.pathOf(entry.name());
                Value key = new Value.Text(entry.namePlace(), entry.name());
                Optional<String> readName = read(key, entryPath, names);
                Optional<T> readValue = read(entry.value(), entryPath, kind);
                readName.ifPresent(there -> readValue.ifPresent(value -> read.put(there, value)));
            }
        });
        return read;
    }

    /** Whether the field is there and is not {@code null}. */
    public boolean has(String name) {
        return present(name).isPresent();
    }

    /** Notes what is wrong with a field, or with the whole group when the field is not there. */
    public void refuse(String name, String message) {
        Place where = members.map(all -> all.get(name)).map(Member::namePlace).orElse(place);
        problems.add(where, pathOf(name), message);
    }

    /** Notes what is wrong with the group as a whole. */
    public void refuse(String message) {
        problems.add(place, path, message);
    }

    private Fields onlyWith(List<String> allowed) {
        members.ifPresent(all -> all.values().stream()
                .filter(member -> allowed.stream().noneMatch(name -> all.get(name) == member))
                .forEach(member -> problems.add(
                        member.namePlace(), pathOf(member.name()), UnknownName.message(member.name(), allowed))));
        return this;
    }

    private Optional<Member> present(String name) {
        return members.map(all -> all.get(name)).filter(member -> !(member.value() instanceof Value.Nothing));
    }

    private <T> Optional<T> read(Value value, String where, Kind<T> kind) {
        try {
            return Optional.of(kind.read(value));
        } catch (IllegalArgumentException e) {
            problems.add(value.place(), where, e.getMessage());
            return Optional.empty();
        }
    }

    private void forEach(String name, int least, int most, ItemReader reader) {
        Optional<Member> member = present(name);
        if (member.isEmpty()) {
            return;
        }
        if (!(member.get().value() instanceof Value.Items items)) {
            refuse(name, "must be a list, but is " + member.get().value().kind());
            return;
        }
        int count = items.values().size();
        if (count < least || count > most) {
            refuse(name, "must have %d to %d entries, but has %d".formatted(least, most, count));
            return;
        }
        for (int i = 0; i < count; i++) {
            reader.read(items.values().get(i), pathOf(name) + "[" + i + "]");
        }
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Reads one entry of a list. */
    private interface ItemReader {
        void read(Value value, String path);
    }
}
