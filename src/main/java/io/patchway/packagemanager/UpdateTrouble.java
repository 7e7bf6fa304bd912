package io.patchway.packagemanager;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the codes of the Windows Update Agent mean (Windows Update Agent API: OperationResultCode; Windows Update error
 * codes by component).
 */
final class UpdateTrouble {
    private static final Pattern CODE = Pattern.compile("0x8[0-9A-Fa-f]{7}");

    private static final Map<String, String> RESULTS = Map.of(
            "0", "not started",
            "1", "in progress",
            "2", "succeeded",
            "3", "succeeded with errors",
            "4", "failed",
            "5", "aborted");

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry(
                    "0X80070002",
                    "ERROR_FILE_NOT_FOUND: a file of the update store is missing; repair it with"
                            + " DISM /Online /Cleanup-Image /RestoreHealth"),
            Map.entry("0X80070005", "E_ACCESSDENIED: the agent refuses remote sessions and accounts without rights"),
            Map.entry("0X80070020", "ERROR_SHARING_VIOLATION: a file is in use, often by a virus scanner"),
            Map.entry("0X80070070", "ERROR_DISK_FULL: no space left on the system drive"),
            Map.entry("0X800705B4", "ERROR_TIMEOUT: the operation took too long"),
            Map.entry("0X80070643", "ERROR_INSTALL_FAILURE: the installer of the update ended with an error"),
            Map.entry("0X80070BC9", "ERROR_FAIL_REBOOT_REQUIRED: a reboot is needed before anything is installed"),
            Map.entry("0X80070BC2", "ERROR_SUCCESS_REBOOT_REQUIRED: a reboot is needed to go on"),
            Map.entry(
                    "0X80072EE2",
                    "ERROR_INTERNET_TIMEOUT: the update server did not answer; check proxy and" + " firewall"),
            Map.entry("0X80072EFD", "ERROR_INTERNET_CANNOT_CONNECT: no connection to the update server"),
            Map.entry("0X80072EFE", "ERROR_INTERNET_CONNECTION_ABORTED: the connection to the update server broke"),
            Map.entry(
                    "0X80072F8F",
                    "ERROR_INTERNET_SECURE_FAILURE: TLS to the update server failed; check the clock"
                            + " and the trusted authorities"),
            Map.entry(
                    "0X80073712",
                    "ERROR_SXS_COMPONENT_STORE_CORRUPT: the component store is damaged; repair it with"
                            + " DISM /Online /Cleanup-Image /RestoreHealth"),
            Map.entry(
                    "0X800F0922",
                    "CBS_E_INSTALLERS_FAILED: the update could not be completed, often for lack of"
                            + " space in the system reserved partition"),
            Map.entry(
                    "0X800F081F",
                    "CBS_E_SOURCE_MISSING: files that the update needs are not in the component" + " store"),
            Map.entry("0X800F0823", "CBS_E_NEW_SERVICING_STACK_REQUIRED: a newer servicing stack is needed first"),
            Map.entry(
                    "0X80240016",
                    "WU_E_INSTALL_NOT_ALLOWED: another installation is in progress, or a reboot is" + " pending"),
            Map.entry("0X80240017", "WU_E_NOT_APPLICABLE: the update does not apply to this server"),
            Map.entry("0X8024001E", "WU_E_SERVICE_STOP: the service Windows Update was stopped meanwhile"),
            Map.entry(
                    "0X80240020",
                    "WU_E_NO_INTERACTIVE_USER: the update can only be installed with somebody at the" + " console"),
            Map.entry("0X80240022", "WU_E_ALL_UPDATES_FAILED: the operation failed for all updates"),
            Map.entry("0X80240024", "WU_E_NO_UPDATE: there is no such update"),
            Map.entry("0X80240034", "WU_E_DOWNLOAD_FAILED: the update could not be downloaded"),
            Map.entry("0X80240438", "WU_E_PT_ENDPOINT_UNREACHABLE: the update server cannot be reached"),
            Map.entry("0X80240FFF", "WU_E_UNEXPECTED: something that the agent has no other code for"),
            Map.entry("0X8024200B", "WU_E_UH_INSTALLERFAILURE: the installer of the update failed"),
            Map.entry("0X8024200D", "WU_E_UH_NEEDANOTHERDOWNLOAD: the update must be downloaded anew"),
            Map.entry("0X80242014", "WU_E_UH_POSTREBOOTSTILLPENDING: what happens after the reboot is still pending"),
            Map.entry(
                    "0X80244010",
                    "WU_E_PT_EXCEEDED_MAX_SERVER_TRIPS: too many round trips to the update server;" + " scan again"),
            Map.entry("0X80244019", "WU_E_PT_HTTP_STATUS_NOT_FOUND: the update server does not have the page (404)"),
            Map.entry("0X80244022", "WU_E_PT_HTTP_STATUS_SERVICE_UNAVAIL: the update server is overloaded (503)"),
            Map.entry(
                    "0X8024402C",
                    "WU_E_PT_WINHTTP_NAME_NOT_RESOLVED: the name of the update server or of the proxy"
                            + " cannot be resolved"),
            Map.entry("0X8024401C", "WU_E_PT_HTTP_STATUS_REQUEST_TIMEOUT: the update server did not answer in time"),
            Map.entry(
                    "0X8024500C",
                    "WU_E_REDIRECTOR_CONNECT_POLICY: a policy forbids the way to Microsoft's update" + " servers"),
            Map.entry("0X8024D009", "WU_E_SETUP_SKIP_UPDATE: the agent must be updated first"));

    private UpdateTrouble() {}

    /** @param code 0 to 5 */
    static String result(String code) {
        return "result code %s (%s)".formatted(code, RESULTS.getOrDefault(code, "unknown"));
    }

    /** Whether an update with this result code is in place. */
    static boolean succeeded(String code) {
        return code.equals("2") || code.equals("3");
    }

    /** The text with the meaning behind each code in it that is known. */
    static String withMeanings(String text) {
        return CODE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(explained(found.group())));
    }

    /** @param code such as {@code 0x80240022}; comes back with its meaning, if that is known */
    static String explained(String code) {
        String meaning = CODES.get(code.toUpperCase(Locale.ROOT));
        return meaning == null ? code : code + " " + meaning;
    }
}
