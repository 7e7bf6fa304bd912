package io.patchway.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/**
 * One plain e-mail address.
 *
 * @param value such as {@code team@example.org}; without a name, brackets, line breaks or control characters
 */
record MailAddress(String value) {
    private static final int LONGEST = 254;

    /** @throws IllegalArgumentException when the text is anything but one plain address with a domain */
    MailAddress {
        if (value.length() > LONGEST || value.chars().anyMatch(c -> c <= ' ' || c >= 0x7f) || !isPlain(value)) {
            throw new IllegalArgumentException("'" + printable(value)
                    + "' is not an e-mail address; allowed is one plain address such as team@example.org");
        }
    }

    private static boolean isPlain(String value) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(value, true);
            return parsed.length == 1
                    && !parsed[0].isGroup()
                    && value.equals(parsed[0].getAddress())
                    && value.indexOf('@') > 0;
        } catch (AddressException e) {
            return false;
        }
    }

    InternetAddress internetAddress() {
        try {
            return new InternetAddress(value, true);
        } catch (AddressException e) {
            throw new IllegalStateException(value + " was an address when it was checked", e);
        }
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
