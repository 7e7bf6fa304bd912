package io.patchway.routes;

import io.patchway.intake.Inbox;
import java.io.File;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** Lets the inbox decide which of the files that Camel sees are ready. */
public final class InboxFilter implements GenericFileFilter<File> {
    private final Inbox inbox;

    public InboxFilter(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        return inbox.isReady(file.getFile());
    }
}
