package io.patchway.routes;

import io.patchway.store.DatabaseUnavailable;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What becomes of a look at the database that is away, in every route that has no rule of its own: nothing, because the
 * next look comes by itself.
 */
public final class TroubleWithDatabase extends RouteConfigurationBuilder {
    private final Outage database;

    public TroubleWithDatabase(Outage database) {
        this.database = database;
    }

    @Override
    public void configuration() {
        routeConfiguration()
                .onException(DatabaseUnavailable.class)
                .handled(true)
                .logExhausted(false)
                .process(exchange ->
                        database.notice(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, DatabaseUnavailable.class)))
                .end();
    }
}
