package ai.mavster.credits.portal.live;

import ai.mavster.credits.http.Instants;
import ai.mavster.credits.http.limits.LongPolls;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.portal.session.PortalSessions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All streams of this process. */
@Singleton
public class LiveStreams implements PortalPage {

    private static final Logger LOG = Logger.getLogger(LiveStreams.class);
    private static final String PATH = "/billing/live";
    private static final Duration LASTS = Duration.ofMinutes(10);
    private static final int UNAVAILABLE = 503;

    /** As many as browsers keep open to one origin, and one is left for pages. */
    private static final int OF_ONE_SESSION = 5;

    private final Marks marks;
    private final PortalSessions sessions;
    private final LongPolls polls;
    private final Clock clock;
    private final int most;
    private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    LiveStreams(
            Marks marks,
            PortalSessions sessions,
            LongPolls polls,
            Clock clock,
            @ConfigProperty(name = "credits.live.streams", defaultValue = "1000") int most) {
        this.marks = marks;
        this.sessions = sessions;
        this.polls = polls;
        this.clock = clock;
        this.most = most;
    }

    @Override
    public void register(Portal portal) {
        portal.stream(PATH, this::begin);
    }

    private void begin(Visit visit, HttpServerResponse response) {
        LiveStream stream = new LiveStream(
                visit.session(),
                since(visit.request().query("since")),
                clock.instant().plus(LASTS),
                visit.request().context().vertx().getOrCreateContext(),
                response);
        if (!enter(stream)) {
            response.setStatusCode(UNAVAILABLE).end();
            return;
        }
        polls.leave(visit.request().context());
        stream.begin(() -> open.remove(stream));
    }

    private static @Nullable Instant since(@Nullable String text) {
        try {
            return text == null ? null : Instants.parse(text);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private synchronized boolean enter(LiveStream stream) {
        UUID sessionId = stream.session().sessionId();
        long own = open.stream()
                .filter(other -> other.session().sessionId().equals(sessionId))
                .count();
        return !stopping && open.size() < most && own < OF_ONE_SESSION && open.add(stream);
    }

    /** One look for all of them. */
    @Scheduled(every = "{credits.live.every}", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        List<LiveStream> all = List.copyOf(open);
        if (all.isEmpty()) {
            return;
        }
        try {
            Map<String, Mark> now = marks.of(
                    all.stream().map(stream -> stream.session().accountId()).collect(Collectors.toSet()));
            Set<UUID> known =
                    sessions.stillOpen(all.stream().map(LiveStream::session).toList());
            Instant time = clock.instant();
            for (LiveStream stream : all) {
                Mark mark = now.get(stream.session().accountId());
                if (mark == null
                        || stream.isOver(time)
                        || !known.contains(stream.session().sessionId())) {
                    end(stream);
                } else {
                    stream.look(mark);
                }
            }
        } catch (RuntimeException e) {
            LOG.debugf("Pages are not live for a while: %s", e.getMessage());
            all.forEach(this::end);
        }
    }

    private void end(LiveStream stream) {
        open.remove(stream);
        stream.end();
    }

    /** The service is about to stop: it waits for no browser. */
    public void endAll() {
        stopping = true;
        List.copyOf(open).forEach(this::end);
    }
}
