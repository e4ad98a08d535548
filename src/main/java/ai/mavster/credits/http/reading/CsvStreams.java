package ai.mavster.credits.http.reading;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.Csv;
import ai.mavster.credits.http.reading.Shares.Reader;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Long lists as comma-separated values, read page by page as the client takes them. */
@Singleton
public class CsvStreams {

    final LongReads reads;
    final ReadingSettings settings;
    private final RoutingContext current;
    private final Shares open;

    /** At most one thread for each open stream, and only while it reads. */
    final ExecutorService pages = Executors.newCachedThreadPool(work -> new Thread(work, "reading-pages"));

    CsvStreams(LongReads reads, ReadingSettings settings, RoutingContext current) {
        this.reads = reads;
        this.settings = settings;
        this.current = current;
        this.open = new Shares(settings.streams());
    }

    @PreDestroy
    void stop() {
        pages.shutdownNow();
    }

    /** Where the rows come from. */
    public interface Pages {

        /**
         * Writes the next rows, in a transaction that is over when this returns. Called on one thread at a time, never
         * while the client has not taken what was written before.
         *
         * @return whether there may be more
         */
        boolean write(Csv csv) throws Exception;
    }

    /**
     * Answers the current request. What fails before the first row is answered as a problem; later the transfer breaks
     * off, so that a part is never taken for the whole.
     *
     * @throws Unavailable as overloaded, where as many streams are open as may be
     */
    public Multi<byte[]> of(String accountId, List<String> header, Pages pages) {
        Reader reader = reads.reader(accountId);
        if (!enter(reader)) {
            throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
        }
        HttpServerRequest request = current.request();
        return Multi.createFrom().publisher(new CsvStream(this, reader, new Csv(header), pages, request));
    }

    /**
     * Answers a request for who is known otherwise than by a key.
     *
     * @param file what it is to be called where it is kept
     * @throws Unavailable likewise
     */
    public void send(
            HttpServerRequest request, String file, String caller, String accountId, List<String> header, Pages pages) {
        Reader reader = new Reader(caller, accountId);
        if (!enter(reader)) {
            throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
        }
        request.response()
                .putHeader("Content-Type", "text/csv; charset=utf-8")
                .putHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
        new CsvStream(this, reader, new Csv(header), pages, request).subscribe(new SentCsv(request.response()));
    }

    private synchronized boolean enter(Reader reader) {
        return open.take(reader);
    }

    synchronized void leave(Reader reader) {
        open.giveBack(reader);
    }
}
