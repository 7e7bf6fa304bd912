package io.patchway.store;

import io.patchway.run.PatchRequest;
import io.patchway.run.RequestId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The requests that were read last. A request never changes once it was accepted, and every step of every one of its
 * runs asks for it; without this, a request for 10,000 servers would be read 10,000 names at a time, for each step.
 */
final class RequestCache {
    private static final int KEPT = 32;

    private final Map<RequestId, PatchRequest> requests = new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RequestId, PatchRequest> eldest) {
            return size() > KEPT;
        }
    };

    PatchRequest get(Handle handle, RequestId id) {
        synchronized (requests) {
            PatchRequest known = requests.get(id);
            if (known != null) {
                return known;
            }
        }
        PatchRequest request = RequestRows.find(handle, id)
                .orElseThrow(() -> new IllegalStateException("no patch request " + id + " in the database"));
        synchronized (requests) {
            requests.put(id, request);
        }
        return request;
    }
}
