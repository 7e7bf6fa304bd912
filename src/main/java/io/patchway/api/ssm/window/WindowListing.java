package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.Paging;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Asks for a page of the targets or tasks of a window. */
record WindowListing(
        @JsonProperty("WindowId") String windowId,
        @JsonProperty("Filters") List<WindowFilter> filters,
        @JsonProperty("MaxResults") Optional<Integer> maxResults,
        @JsonProperty("NextToken") Optional<String> nextToken) {
    WindowListing {
        filters = filters == null ? List.of() : List.copyOf(filters);
    }

    /**
     * The page of what passes the filters.
     *
     * @param properties what the keys of filters stand for
     */
    <T> Paging.Cut<T> page(List<T> all, Map<String, Function<T, Optional<String>>> properties) {
        List<T> wanted =
                all.stream().filter(WindowFilter.all(filters, properties)).toList();
        return Paging.of(wanted, nextToken, WindowAccess.most(maxResults));
    }
}
