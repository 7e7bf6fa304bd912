package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.KeyFilter;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The documents that commands run. */
public final class DocumentOperations implements OperationGroup {
    private static final Instant WRITTEN = Instant.parse("2026-11-21T00:00:00Z");
    /** Whose documents of these names clients look for. */
    private static final String OWNER = "Amazon";

    private static final String SCHEMA = "2.2";
    private static final List<String> PLATFORMS = List.of("Linux");
    private static final int ON_A_PAGE = 50;

    private static final Map<String, Function<PatchDocument, String>> MEMBERS = Map.of(
            "Name", PatchDocument::wireName,
            "Owner", document -> OWNER,
            "PlatformTypes", document -> PLATFORMS.getFirst(),
            "DocumentType", document -> "Command");

    @Override
    public void addTo(OperationTable table) {
        table.reads("DescribeDocument", DescribeDocument.class, DocumentOperations::describe);
        table.reads("GetDocument", GetDocument.class, DocumentOperations::content);
        table.reads("ListDocuments", ListDocuments.class, DocumentOperations::list);
    }

    public record DescribeDocument(
            @JsonProperty("Name") String name,
            @JsonProperty("DocumentVersion") Optional<String> documentVersion) {}

    public record Description(@JsonProperty("Document") Document document) {}

    public record Document(
            @JsonProperty("Hash") String hash,
            @JsonProperty("HashType") String hashType,
            @JsonProperty("Name") String name,
            @JsonProperty("Owner") String owner,
            @JsonProperty("CreatedDate") Instant createdAt,
            @JsonProperty("Status") String status,
            @JsonProperty("DocumentVersion") String documentVersion,
            @JsonProperty("Description") String description,
            @JsonProperty("Parameters") List<Parameter> parameters,
            @JsonProperty("PlatformTypes") List<String> platformTypes,
            @JsonProperty("DocumentType") String documentType,
            @JsonProperty("SchemaVersion") String schemaVersion,
            @JsonProperty("LatestVersion") String latestVersion,
            @JsonProperty("DefaultVersion") String defaultVersion,
            @JsonProperty("DocumentFormat") String documentFormat,
            @JsonProperty("Tags") List<String> tags) {}

    public record Parameter(
            @JsonProperty("Name") String name,
            @JsonProperty("Type") String type,
            @JsonProperty("Description") String description,
            @JsonProperty("DefaultValue") Optional<String> defaultValue) {

        static Parameter of(DocumentParameter parameter) {
            return new Parameter(parameter.name(), "String", parameter.description(), parameter.defaultValue());
        }
    }

    public static Description describe(DescribeDocument request) {
        PatchDocument document = PatchDocument.named(request.name());
        document.checkVersion(request.documentVersion());
        return new Description(new Document(
                DocumentText.hash(document),
                "Sha256",
                document.wireName(),
                OWNER,
                WRITTEN,
                "Active",
                PatchDocument.VERSION,
                document.description(),
                document.parameters().stream().map(Parameter::of).toList(),
                PLATFORMS,
                "Command",
                SCHEMA,
                PatchDocument.VERSION,
                PatchDocument.VERSION,
                "JSON",
                List.of()));
    }

    public record GetDocument(
            @JsonProperty("Name") String name,
            @JsonProperty("DocumentVersion") Optional<String> documentVersion,
            @JsonProperty("DocumentFormat") Optional<String> documentFormat) {}

    public record Content(
            @JsonProperty("Name") String name,
            @JsonProperty("CreatedDate") Instant createdAt,
            @JsonProperty("DocumentVersion") String documentVersion,
            @JsonProperty("Status") String status,
            @JsonProperty("Content") String content,
            @JsonProperty("DocumentType") String documentType,
            @JsonProperty("DocumentFormat") String documentFormat) {}

    /** Always JSON, which is YAML as well. */
    public static Content content(GetDocument request) {
        PatchDocument document = PatchDocument.named(request.name());
        document.checkVersion(request.documentVersion());
        return new Content(
                document.wireName(),
                WRITTEN,
                PatchDocument.VERSION,
                "Active",
                DocumentText.of(document),
                "Command",
                request.documentFormat().orElse("JSON"));
    }

    /** The older kind of filter: one value. */
    record SingleFilter(
            @JsonProperty("key") String key,
            @JsonProperty("value") String value) {}

    public record ListDocuments(
            @JsonProperty("DocumentFilterList") List<SingleFilter> documentFilterList,
            @JsonProperty("Filters") List<KeyFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        public ListDocuments {
            documentFilterList = documentFilterList == null ? List.of() : List.copyOf(documentFilterList);
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    public record Documents(
            @JsonProperty("DocumentIdentifiers") List<Identifier> documents,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    record Identifier(
            @JsonProperty("Name") String name,
            @JsonProperty("CreatedDate") Instant createdAt,
            @JsonProperty("Owner") String owner,
            @JsonProperty("PlatformTypes") List<String> platformTypes,
            @JsonProperty("DocumentVersion") String documentVersion,
            @JsonProperty("DocumentType") String documentType,
            @JsonProperty("SchemaVersion") String schemaVersion,
            @JsonProperty("DocumentFormat") String documentFormat,
            @JsonProperty("Tags") List<String> tags) {

        static Identifier of(PatchDocument document) {
            return new Identifier(
                    document.wireName(),
                    WRITTEN,
                    OWNER,
                    PLATFORMS,
                    PatchDocument.VERSION,
                    "Command",
                    SCHEMA,
                    "JSON",
                    List.of());
        }
    }

    public static Documents list(ListDocuments request) {
        List<KeyFilter> filters = new ArrayList<>(request.filters());
        request.documentFilterList()
                .forEach(filter -> filters.add(new KeyFilter(filter.key(), List.of(filter.value()))));
        List<PatchDocument> found =
                KeyFilter.passing(filters, Arrays.asList(PatchDocument.values()), MEMBERS, "InvalidFilterKey");
        Paging.Cut<PatchDocument> cut =
                Paging.of(found, request.nextToken(), request.maxResults().orElse(ON_A_PAGE));
        return new Documents(cut.entries().stream().map(Identifier::of).toList(), cut.nextToken());
    }
}
