package io.patchway.windows;

/**
 * An update as a simulated Windows Update Agent offers it; the first four are as Microsoft published them.
 *
 * @param kb the number of the article alone
 * @param hresult what installing it ends with; empty when it goes well
 * @param reboot whether it waits for a reboot once it is installed
 */
record SimulatedUpdate(
        String kb,
        String id,
        String title,
        String classification,
        String severity,
        String date,
        String hresult,
        boolean reboot) {

    static SimulatedUpdate security(String kb, int number, String title, boolean reboot) {
        return new SimulatedUpdate(kb, id(number), title, "Security Updates", "Critical", "2024-01-09", "", reboot);
    }

    static SimulatedUpdate other(String kb, int number, String title, String classification) {
        return new SimulatedUpdate(kb, id(number), title, classification, "", "2024-01-09", "", false);
    }

    private static String id(int number) {
        return "%08x-0000-4000-8000-000000000001".formatted(number);
    }

    SimulatedUpdate failingWith(String code) {
        return new SimulatedUpdate(kb, id, title, classification, severity, date, code, reboot);
    }
}
