package ai.mavster.credits.http.reading;

import ai.mavster.credits.http.Csv;
import ai.mavster.credits.http.reading.Shares.Reader;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One stream. It is asked for a piece when the client has taken the one before; so one thing happens at a time: a page
 * is read, a piece is on its way, or it is over. While a piece is on its way it holds no thread and no connection.
 */
final class CsvStream implements Flow.Publisher<byte[]>, Flow.Subscription {

    private static final Logger LOG = Logger.getLogger(CsvStream.class);

    /** Small enough that a slow but honest client takes one in the time it is given. */
    private static final int PIECE = 32 * 1024;

    private final CsvStreams streams;
    private final Reader reader;
    private final Csv csv;
    private final CsvStreams.Pages pages;
    private final HttpServerRequest request;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Future<?> end;
    private volatile Flow.@Nullable Subscriber<? super byte[]> subscriber;
    private volatile @Nullable Future<?> untaken;
    private boolean begun;
    private boolean reading;
    private boolean left;
    private boolean mayHaveMore = true;

    CsvStream(CsvStreams streams, Reader reader, Csv csv, CsvStreams.Pages pages, HttpServerRequest request) {
        this.streams = streams;
        this.reader = reader;
        this.csv = csv;
        this.pages = pages;
        this.request = request;
        this.end = streams.reads.after(streams.settings.streamWithin(), () -> breakOff("it takes too long"));
    }

    @Override
    public void subscribe(Flow.Subscriber<? super byte[]> subscriber) {
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long pieces) {
        Future<?> waitedFor = untaken;
        if (waitedFor != null) {
            waitedFor.cancel(false);
        }
        if (!this.pieces.isEmpty()) {
            send();
        } else if (mayHaveMore) {
            try {
                setReading(true);
                streams.pages.execute(this::read);
            } catch (RejectedExecutionException stopping) {
                setReading(false);
                fail(stopping);
            }
        } else if (finish() && subscriber != null) {
            subscriber.onComplete();
        }
    }

    /** The client has hung up. */
    @Override
    public void cancel() {
        finish();
    }

    private void read() {
        try {
            while (pieces.isEmpty() && mayHaveMore && !over.get()) {
                Turns.Turn turn = streams.reads.turnOfStream(reader);
                try {
                    mayHaveMore = !over.get() && pages.write(csv);
                } finally {
                    turn.end();
                }
                cut(csv.take());
            }
        } catch (Exception | Error e) {
            setReading(false);
            fail(e);
            return;
        }
        setReading(false);
        if (over.get()) {
            return;
        }
        if (pieces.isEmpty()) {
            request(1);
        } else {
            send();
        }
    }

    private void cut(byte[] page) {
        for (int from = 0; from < page.length; from += PIECE) {
            pieces.add(Arrays.copyOfRange(page, from, Math.min(page.length, from + PIECE)));
        }
    }

    private void send() {
        byte[] piece = pieces.poll();
        if (piece == null || over.get() || subscriber == null) {
            return;
        }
        begun = true;
        untaken = streams.reads.after(streams.settings.takenWithin(), () -> breakOff("the client does not read"));
        subscriber.onNext(piece);
    }

    private void fail(Throwable failure) {
        if (begun) {
            breakOff(failure.toString());
        } else if (finish() && subscriber != null) {
            subscriber.onError(failure);
        }
    }

    /**
     * Not by a last piece, after which all would look whole; and not once what was sent is flushed, which may be never.
     */
    private void breakOff(String reason) {
        if (!finish()) {
            return;
        }
        LOG.infof("A stream of %s to %s breaks off: %s", reader.accountId(), reader.caller(), reason);
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else if (request.connection() instanceof ConnectionBase connection) {
            Channel channel = connection.channel();
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            var unused = channel.close();
        }
    }

    /** False if it is over already. */
    private boolean finish() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        end.cancel(false);
        Future<?> waitedFor = untaken;
        if (waitedFor != null) {
            waitedFor.cancel(false);
        }
        leave();
        return true;
    }

    private void setReading(boolean now) {
        synchronized (this) {
            reading = now;
        }
        if (over.get()) {
            leave();
        }
    }

    /**
     * Not while a page is read, or waits for its turn: clients that hang up again and again would leave a
     * thread behind each time.
     */
    private void leave() {
        synchronized (this) {
            if (reading || left) {
                return;
            }
            left = true;
        }
        streams.leave(reader);
    }
}
