package io.patchway.packagemanager;

/** A package name in which {@code *} stands for any characters and {@code ?} for one. */
record NamePattern(String text) {
    /** Goes back to the last star only: many stars from a hostile server cost no more than one. */
    boolean matches(String name) {
        int star = -1;
        int resume = 0;
        int pattern = 0;
        int position = 0;
        while (position < name.length()) {
            if (pattern < text.length() && text.charAt(pattern) == '*') {
                star = pattern++;
                resume = position;
            } else if (pattern < text.length()
                    && (text.charAt(pattern) == '?' || text.charAt(pattern) == name.charAt(position))) {
                pattern++;
                position++;
            } else if (star >= 0) {
                pattern = star + 1;
                position = ++resume;
            } else {
                return false;
            }
        }
        return text.substring(pattern).chars().allMatch(character -> character == '*');
    }
}
