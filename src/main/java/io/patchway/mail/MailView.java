package io.patchway.mail;

/** What a template of a mail can show. Each record of this package is public to the templates by its components. */
sealed interface MailView permits RequestedView, VerdictView, ReturnedView {
    String subject();
}
