package ai.mavster.credits.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/** Collects when keys are used and writes it down once a minute, so that using a key costs no write. */
@Singleton
class LastUses {

    private final ApiKeyRepository repository;
    private final Logger log;
    private final ConcurrentMap<UUID, Instant> unwritten = new ConcurrentHashMap<>();

    LastUses(ApiKeyRepository repository, Logger log) {
        this.repository = repository;
        this.log = log;
    }

    void note(UUID keyId, Instant now) {
        unwritten.put(keyId, now);
    }

    @Scheduled(every = "60s", delayed = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void write() {
        // In one order on every process, so that two of them cannot wait for each other's rows.
        Map<UUID, Instant> uses = new TreeMap<>();
        for (UUID keyId : unwritten.keySet()) {
            Instant at = unwritten.remove(keyId);
            if (at != null) {
                uses.put(keyId, at);
            }
        }
        if (uses.isEmpty()) {
            return;
        }
        try {
            repository.markUsed(uses);
        } catch (RuntimeException failure) {
            uses.forEach(unwritten::putIfAbsent);
            log.warnf(failure, "Could not note the last use of %d API keys; trying again in a minute", uses.size());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        write();
    }
}
