package io.patchway.connection;

import io.patchway.server.ConnectionSettings.Ssh;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;

/** Sessions that have no work just now, kept a moment for the next script on the same server. */
final class IdleSessions {
    private final Duration idleTime;
    private final int limit;
    private final Map<Ssh, Deque<Idle>> sessions = new HashMap<>();
    private int count;

    IdleSessions(Duration idleTime, int limit) {
        this.idleTime = idleTime;
        this.limit = limit;
    }

    /** The session that was used last and still looks alive. */
    synchronized Optional<ClientSession> take(Ssh settings) {
        Deque<Idle> idle = sessions.getOrDefault(settings, new ArrayDeque<>());
        while (!idle.isEmpty()) {
            ClientSession session = idle.removeLast().session;
            count--;
            if (idle.isEmpty()) {
                sessions.remove(settings);
            }
            if (session.isOpen()) {
                return Optional.of(session);
            }
        }
        return Optional.empty();
    }

    /** Keeps the session, or closes it when there are enough. */
    void put(Ssh settings, ClientSession session) {
        if (!session.isOpen() || !keep(settings, session)) {
            session.close(true);
        }
    }

    private synchronized boolean keep(Ssh settings, ClientSession session) {
        if (count >= limit) {
            return false;
        }
        sessions.computeIfAbsent(settings, any -> new ArrayDeque<>()).addLast(new Idle(session, System.nanoTime()));
        count++;
        return true;
    }

    /** Closes the idle sessions of one server. */
    void drop(Ssh settings) {
        for (Optional<ClientSession> idle = take(settings); idle.isPresent(); idle = take(settings)) {
            idle.get().close(true);
        }
    }

    void dropAll() {
        expired(System.nanoTime()).forEach(session -> session.close(true));
    }

    /** Closes what has been idle for too long. */
    void closeExpired() {
        expired(System.nanoTime() - idleTime.toNanos()).forEach(session -> session.close(true));
    }

    private synchronized List<ClientSession> expired(long oldest) {
        List<ClientSession> expired = new ArrayList<>();
        for (Iterator<Deque<Idle>> servers = sessions.values().iterator(); servers.hasNext(); ) {
            Deque<Idle> idle = servers.next();
            while (!idle.isEmpty() && idle.peekFirst().since - oldest <= 0) {
                expired.add(idle.removeFirst().session);
                count--;
            }
            if (idle.isEmpty()) {
                servers.remove();
            }
        }
        return expired;
    }

    synchronized int count() {
        return count;
    }

    private record Idle(ClientSession session, long since) {}
}
