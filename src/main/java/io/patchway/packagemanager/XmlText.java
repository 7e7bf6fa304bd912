package io.patchway.packagemanager;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that was cut out of XML as it stood there. */
final class XmlText {
    private static final Pattern REFERENCE = Pattern.compile("&(lt|gt|amp|quot|apos|#\\d{1,6}|#x[0-9a-fA-F]{1,5});");
    private static final Map<String, String> NAMED =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");

    private XmlText() {}

    /** With its character references replaced; once, so that nothing is decoded twice. */
    static String decode(String text) {
        return text.indexOf('&') < 0
                ? text
                : PlainText.line(REFERENCE.matcher(text).replaceAll(XmlText::character), text.length());
    }

    private static String character(MatchResult reference) {
        String name = reference.group(1);
        if (!name.startsWith("#")) {
            return Matcher.quoteReplacement(NAMED.get(name));
        }
        int code =
                name.startsWith("#x") ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
        return Matcher.quoteReplacement(Character.toString(code));
    }
}
