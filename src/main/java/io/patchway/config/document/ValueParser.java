package io.patchway.config.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.patchway.config.document.Value.Member;
import io.patchway.config.document.Value.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the tokens of one document into values; collects what is wrong and goes on as long as it can. */
final class ValueParser {
    private static final int MAX_PROBLEMS = 100;

    private final String file;
    private final JsonParser parser;
    private final boolean letterCaseMatters;
    private final List<Problem> problems = new ArrayList<>();

    ValueParser(String file, JsonParser parser, boolean letterCaseMatters) {
        this.file = file;
        this.parser = parser;
        this.letterCaseMatters = letterCaseMatters;
    }

    Value parse() throws IOException, BadDocumentException {
        if (parser.nextToken() == null) {
            throw new BadDocumentException(List.of(new Problem(file, 0, "", "is empty")));
        }
        Value value = value("");
        if (parser.nextToken() != null) {
            problem(place(), "", "a second document begins here; one file holds one document");
        }
        if (!problems.isEmpty()) {
            throw new BadDocumentException(problems);
        }
        return value;
    }

    private Value value(String path) throws IOException, BadDocumentException {
        Place place = place();
        refuseReferences(place, path);
        return switch (parser.currentToken()) {
            case START_OBJECT -> new Value.Members(place, members(path));
            case START_ARRAY -> new Value.Items(place, items(path));
            case VALUE_STRING -> new Value.Text(place, clean(place, path, parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Number(place, parser.getText());
            case VALUE_TRUE -> new Value.Truth(place, true);
            case VALUE_FALSE -> new Value.Truth(place, false);
            default -> new Value.Nothing(place);
        };
    }

    private Map<String, Member> members(String path) throws IOException, BadDocumentException {
        Map<String, Member> members =
                letterCaseMatters ? new LinkedHashMap<>() : new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Place namePlace = place();
            String name = clean(namePlace, path, parser.currentName());
            String memberPath = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            Member member = new Member(name, namePlace, value(memberPath));
            Member first = members.putIfAbsent(name, member);
            if (first != null) {
                problem(
                        namePlace,
                        memberPath,
                        "stands here a second time; it was given in line "
                                + first.namePlace().line());
            }
        }
        return members;
    }

    private List<Value> items(String path) throws IOException, BadDocumentException {
        List<Value> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(path + "[" + items.size() + "]"));
        }
        return items;
    }

    private void refuseReferences(Place place, String path) throws IOException, BadDocumentException {
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
            problem(place, path, "anchors (&) and aliases (*) are not allowed; write the value out, or in quotes");
        }
        if (parser.getTypeId() != null) {
            problem(place, path, "tags (!) are not allowed; put the value in quotes");
        }
    }

    private String clean(Place place, String path, String text) throws BadDocumentException {
        boolean bad = text.codePoints().anyMatch(ValueParser::unwanted);
        if (bad) {
            problem(place, path, "holds a control character or half a character; write plain text");
        }
        return text;
    }

    private static boolean unwanted(int character) {
        boolean control =
                Character.isISOControl(character) && character != '\n' && character != '\t' && character != '\r';
        return control || Character.getType(character) == Character.SURROGATE;
    }

    private void problem(Place place, String path, String message) throws BadDocumentException {
        problems.add(new Problem(file, place.line(), path, message));
        if (problems.size() >= MAX_PROBLEMS) {
            throw new BadDocumentException(problems);
        }
    }

    private Place place() {
        JsonLocation location = parser.currentTokenLocation();
        return new Place(location.getLineNr(), location.getColumnNr());
    }
}
