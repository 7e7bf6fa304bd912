package io.patchway.mail;

import io.patchway.run.RunState;

/** How something is meant, and so its colour: dark on light, and a style class for dark screens. */
enum Tone {
    GOOD("good", "#14532d", "#dcfce7"),
    CAUTION("caution", "#713f12", "#fef3c7"),
    BAD("bad", "#7f1d1d", "#fee2e2"),
    CALM("calm", "#1e3a8a", "#dbeafe");

    private final String style;
    private final String ink;
    private final String paper;

    Tone(String style, String ink, String paper) {
        this.style = style;
        this.ink = ink;
        this.paper = paper;
    }

    static Tone of(RunState state) {
        return switch (state) {
            case SUCCEEDED -> GOOD;
            case SUCCEEDED_REBOOT_PENDING, PARTIAL, DEFERRED, CANCELLED -> CAUTION;
            case FAILED, UNKNOWN, NO_PROGRESS -> BAD;
            case QUEUED,
                    WAITING_WINDOW,
                    PRECHECK,
                    SCANNING,
                    INSTALLING,
                    REBOOTING,
                    WAITING_FOR_RETURN,
                    VERIFYING,
                    OPERATING -> CALM;
        };
    }

    String style() {
        return style;
    }

    String ink() {
        return ink;
    }

    String paper() {
        return paper;
    }
}
