package io.patchway.compliance;

import io.patchway.baseline.ComplianceLevel;
import java.util.Map;

/**
 * One thing that somebody outside found out about a server.
 *
 * @param id unique among the items of the server and the report's type; 1 to 200 characters
 * @param title at most 500 characters
 * @param severity how grave it is when it is not as it should be
 */
public record ReportedItem(
        String id, String title, ComplianceLevel severity, boolean compliant, Map<String, String> details) {
    public ReportedItem {
        details = Map.copyOf(details);
    }
}
