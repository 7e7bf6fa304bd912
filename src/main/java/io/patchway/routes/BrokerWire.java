package io.patchway.routes;

import io.patchway.run.NodeSettings;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.component.jms.JmsMessageType;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * An ActiveMQ Artemis broker as the wire of steps. It is not trusted with anything: a ticket that it loses is claimed
 * again after the lease, and one that it delivers twice is begun once.
 */
public final class BrokerWire {
    private static final long RECONNECT_MILLIS = 2_000;

    private BrokerWire() {}

    /**
     * The component behind {@code jms:} endpoints.
     *
     * @param wire told when the broker goes away
     * @throws UncheckedIOException when the password file cannot be read
     */
    public static JmsComponent component(BrokerSettings broker, NodeSettings node, Outage wire) {
        ActiveMQConnectionFactory factory = connections(broker);
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(factory);

        JmsConfiguration configuration = new JmsConfiguration();
        configuration.setListenerConnectionFactory(factory);
        configuration.setTemplateConnectionFactory(pool);
        configuration.setConcurrentConsumers(node.places());
        configuration.setJmsMessageType(JmsMessageType.Text);
        // Older tickets are worthless: their claims have run out.
        configuration.setTimeToLive(node.lease().toMillis());
        configuration.setRecoveryInterval(RECONNECT_MILLIS);
        configuration.setExceptionListener((JMSException e) -> wire.notice(e));
        return new ClosingComponent(configuration, pool);
    }

    /** No ticket waits at a node that is busy, and nothing but text is ever read. */
    private static ActiveMQConnectionFactory connections(BrokerSettings broker) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
        broker.user().ifPresent(factory::setUser);
        broker.passwordFile().ifPresent(file -> factory.setPassword(firstLine(file)));
        factory.setConsumerWindowSize(0);
        factory.setDeserializationDenyList("*");
        return factory;
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's password cannot be read from the file " + file, e);
        }
    }

    /** Closes the connections when Camel stops. */
    private static final class ClosingComponent extends JmsComponent {
        private final JmsPoolConnectionFactory pool;

        private ClosingComponent(JmsConfiguration configuration, JmsPoolConnectionFactory pool) {
            super(configuration);
            this.pool = pool;
        }

        @Override
        protected void doStop() throws Exception {
            super.doStop();
            pool.stop();
        }
    }
}
