package ai.mavster.credits.waiting;

import ai.mavster.credits.sql.Channel;
import ai.mavster.credits.sql.Connections;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wakes who waits, in this process and in all others at the same database. */
@Singleton
class WakeUps implements Channel.Hearing {

    private final Connections connections;
    private final Event<WakeUp> event;
    private final WaitingMetrics metrics;
    private volatile @Nullable Channel channel;

    WakeUps(Connections connections, Event<WakeUp> event, WaitingMetrics metrics) {
        this.connections = connections;
        this.event = event;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        channel = new Channel("credits_wake_up", connections, this);
    }

    void stop(@Observes ShutdownEvent stopping) {
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    /** This process has committed something by which these accounts may spend more. Never blocks. */
    void committed(Set<String> accountIds) {
        Channel open = channel;
        if (open != null) {
            open.publish(accountIds);
        }
        wake(accountIds);
    }

    @Override
    public void heard(Set<String> accountIds) {
        wake(accountIds);
    }

    @Override
    public void missed() {
        event.fire(new WakeUp(null));
    }

    private void wake(Set<String> accountIds) {
        metrics.wokenUp(accountIds.size());
        event.fire(new WakeUp(accountIds));
    }
}
