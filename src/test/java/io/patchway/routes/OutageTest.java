package io.patchway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Outage.class);
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    @BeforeEach
    void listen() {
        told.start();
        logger.addAppender(told);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(told);
    }

    @Test
    void isToldOnceHoweverOftenItIsNoticedAndOnceWhenItIsOver() {
        Outage outage = new Outage("The broker tcp://broker:61616");

        outage.end();
        outage.notice(new IOException("connection refused"));
        outage.notice(new IOException("connection refused"));
        outage.end();
        outage.end();

        assertThat(told.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The broker tcp://broker:61616 is away; it is tried again until it is back. connection refused",
                        "The broker tcp://broker:61616 is back");
    }
}
