package ai.mavster.credits.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections without a network: what they pass on, and when. */
class AdmissionTest {

    private static final String REQUEST = "GET /v1/plans HTTP/1.1\r\n\r\n";
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Admission admission = new Admission(1, WITHIN, nanos::get);

    @Test
    void aRequestWaitsUnreadUntilAnotherHasEnded() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller second = new Caller(admission).send(REQUEST);

        assertThat(first.outcomes).containsExactly("under way");
        assertThat(second.received).isEmpty();
        assertThat(second.isRead()).isFalse();
        assertThat(second.connection.isBusy()).isTrue();
        assertThat(admission.waiting()).isOne();

        first.end();

        assertThat(second.run().outcomes).containsExactly("under way");
        assertThat(second.isRead()).isTrue();
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void whoCameFirstGoesOnFirst() {
        Caller first = new Caller(admission).send(REQUEST);
        List<Caller> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(new Caller(admission).send(REQUEST));
        }
        Caller before = first;
        for (Caller next : waiting) {
            before.end();
            assertThat(next.run().outcomes).containsExactly("under way");
            before = next;
        }
    }

    /** The place is meant for who waits, also before that connection's event loop has come to it. */
    @Test
    void nobodyOvertakes() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller waiting = new Caller(admission).send(REQUEST);
        first.end();

        Caller newcomer = new Caller(admission).send(REQUEST);
        first.send(REQUEST);

        assertThat(newcomer.received).isEmpty();
        assertThat(first.outcomes).containsExactly("under way");
        assertThat(waiting.run().outcomes).containsExactly("under way");
    }

    @Test
    void whoHasWaitedForTooLongGoesOnWithoutAPlace() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller second = new Caller(admission).send(REQUEST);

        nanos.addAndGet(WITHIN.toNanos() - 1);
        admission.expire();
        assertThat(second.run().received).isEmpty();

        nanos.incrementAndGet();
        admission.expire();
        assertThat(second.run().outcomes).containsExactly("turned away");
        assertThat(second.isRead()).isTrue();

        first.end();
        assertThat(second.send(REQUEST).outcomes).containsExactly("turned away", "under way");
    }

    @Test
    void thePlaceOfWhoHasHungUpGoesToTheNext() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller gone = new Caller(admission).send(REQUEST);
        Caller next = new Caller(admission).send(REQUEST);

        gone.channel.finishAndReleaseAll();
        assertThat(gone.sent).allSatisfy(bytes -> assertThat(bytes.refCnt()).isZero());
        first.end();
        gone.run();

        assertThat(gone.received).isEmpty();
        assertThat(next.run().outcomes).containsExactly("under way");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /q/health/live HTTP/1.1\r\n\r\n",
                "HEAD /q/metrics HTTP/1.1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\n"
            })
    void whatOperatorsNeedDoesNotWait(String request) {
        Caller first = new Caller(admission).send(REQUEST);

        assertThat(first.outcomes).containsExactly("under way");
        // It is read; what becomes of it then is not decided here.
        assertThat(new Caller(admission).send(request).received).hasToString(request);
    }

    @Test
    void aHeadThatIsNotCompleteTakesNoPlace() {
        Caller slow = new Caller(admission).send("GET /v1/");

        assertThat(slow.received).hasToString("GET /v1/");
        Caller other = new Caller(admission).send(REQUEST);
        assertThat(other.outcomes).containsExactly("under way");
        assertThat(slow.send("plans HTTP/1.1\r\n\r\n").outcomes).containsExactly("waits");
        other.end();
        assertThat(slow.outcomes).containsExactly("waits", "under way");
    }

    @Test
    void aHeadThatIsNotCompleteGivesItsPlaceToTheNext() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller slow = new Caller(admission).send("GET /v1/");
        Caller next = new Caller(admission).send(REQUEST);
        first.end();

        assertThat(slow.run().received).hasToString("GET /v1/");
        assertThat(next.run().outcomes).containsExactly("under way");
    }

    @Test
    void whatComesMeanwhileIsKeptInOrder() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller second = new Caller(admission).send("POST /v1/");
        second.send("plans HTTP/1.1\r\n\r\n").send("{}");
        first.end();

        assertThat(second.run().received).hasToString("POST /v1/plans HTTP/1.1\r\n\r\n{}");
        assertThat(second.outcomes).containsExactly("under way");
    }

    @Test
    void theBodyOfARequestThatIsUnderWayIsPassedOn() {
        Caller first = new Caller(admission).send(REQUEST);
        new Caller(admission).send(REQUEST);

        assertThat(first.send("{}").received).hasToString(REQUEST + "{}");
    }

    /** Where the answer came before the body: a client may send its head first. */
    @Test
    void theBodyOfWhoWasTurnedAwayIsNotTakenForARequest() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller second = new Caller(admission).send("POST /v1/plans HTTP/1.1\r\n\r\n");
        second.bodyToCome = true;
        nanos.addAndGet(WITHIN.toNanos());
        admission.expire();
        assertThat(second.run().outcomes).containsExactly("turned away");

        assertThat(second.send("{}").received).hasToString("{}");
        assertThat(admission.waiting()).isZero();

        second.bodyToCome = false;
        assertThat(second.send(REQUEST).received).hasToString("{}");
        assertThat(admission.waiting()).isOne();
        first.end();
        assertThat(second.run().outcomes).containsExactly("turned away", "under way");
    }

    @Test
    void whoWasLateAndFoundAPlaceMayWaitAgain() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller second = new Caller(admission).send(REQUEST);
        nanos.addAndGet(WITHIN.toNanos());
        admission.expire();
        first.end();
        assertThat(second.run().outcomes).containsExactly("under way");
        second.end();

        first.send(REQUEST);
        second.send("POST /v1/ " + "x".repeat(4_096) + "\r\n\r\n");
        assertThat(second.outcomes).containsExactly("under way", "waits");
    }

    @Test
    void noMoreWaitParsedThanMayBeUnderWay() {
        new Caller(admission).send(REQUEST);
        Caller slow = new Caller(admission);
        Caller slower = new Caller(admission);
        String large = "POST /v1/ " + "x".repeat(4_096) + "\r\n\r\n";

        assertThat(slow.send(large).outcomes).containsExactly("waits");
        assertThat(slower.send(large).outcomes).containsExactly("turned away");

        nanos.addAndGet(WITHIN.toNanos());
        admission.expire();
        assertThat(slow.outcomes).containsExactly("waits", "turned away");
        assertThat(slower.send(large).outcomes).containsExactly("turned away", "waits");
    }

    /** Whoever asks for more on the way, such as TLS for the rest of a record. */
    @Test
    void nothingIsReadOfAConnectionThatWaits() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller second = new Caller(admission).send(REQUEST);
        second.channel.read();
        assertThat(second.reads).isZero();

        first.end();
        second.run();
        assertThat(second.reads).isPositive();
    }

    /** It would be closed without an answer if there were too many connections. */
    @Test
    void whoWaitsCountsAmongThoseWhoHadARequest() {
        new Caller(admission).send(REQUEST);
        Caller waiting = new Caller(admission).send(REQUEST);

        Places<Connection> places = new Places<>(1, 1);
        assertThat(places.enter(waiting.connection).admitted()).isTrue();
        assertThat(places.enter(new Caller(admission).connection).admitted()).isFalse();
    }

    @Test
    void onlyTheBeginningOfARequestIsKept() {
        Caller first = new Caller(admission).send(REQUEST);
        Caller tooMuch = new Caller(admission).send("POST /v1/ " + "x".repeat(4_096) + "\r\n\r\n");
        Caller waiting = new Caller(admission).send(REQUEST, 65_536);

        assertThat(tooMuch.outcomes).as("it is read, and waits so").containsExactly("waits");
        assertThat(waiting.sent)
                .as("the large buffer is not kept")
                .allSatisfy(bytes -> assertThat(bytes.refCnt()).isZero());
        first.end();
        tooMuch.end();
        assertThat(waiting.run().received).hasToString(REQUEST);
        assertThat(waiting.outcomes).containsExactly("under way");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT1M0.001S"})
    void aRequestWaitsForNoLongerThanAConnectionMayBeIdle(Duration within) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Admission(1, within, nanos::get))
                .withMessageContaining("CREDITS_REQUESTS_ADMITTED_WITHIN");
    }

    @Test
    void nobodyWaitsWhereNobodyMay() {
        Admission none = new Admission(1, Duration.ZERO, nanos::get);
        Caller first = new Caller(none).send(REQUEST);
        Caller second = new Caller(none).send(REQUEST);

        assertThat(first.outcomes).containsExactly("under way");
        assertThat(second.outcomes).containsExactly("turned away");
    }

    /** Requests come and end on four threads while as many as wait are let in: nobody is forgotten, no place lost. */
    @Test
    void noPlaceIsLostBetweenThreads() throws InterruptedException {
        int places = 2;
        int requests = 20_000;
        Admission busy = new Admission(places, WITHIN, nanos::get);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(requests);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Runnable handle = () -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                threads.execute(() -> {
                    underWay.decrementAndGet();
                    busy.leave();
                    ended.countDown();
                });
            };
            for (int i = 0; i < requests; i++) {
                threads.execute(() -> {
                    if (busy.takeAtOnce()) {
                        handle.run();
                    } else {
                        busy.letsWait(hasPlace -> handle.run());
                    }
                });
            }
            assertThat(ended.await(60, TimeUnit.SECONDS))
                    .as(ended.getCount() + " have not ended")
                    .isTrue();
        } finally {
            threads.shutdownNow();
        }
        assertThat(most).hasValue(places);
        assertThat(busy.waiting()).isZero();
        for (int i = 0; i < places; i++) {
            assertThat(busy.takeAtOnce()).isTrue();
        }
        assertThat(busy.takeAtOnce()).isFalse();
    }

    /** One begins to wait just as the only other one ends: whichever is first, it goes on. */
    @Test
    void nobodyWaitsForWhoHasEnded() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 20_000; round++) {
                assertThat(admission.takeAtOnce()).isTrue();
                AtomicInteger goneOn = new AtomicInteger();
                CyclicBarrier start = new CyclicBarrier(2);
                Future<?> end = thread.submit(() -> {
                    start.await();
                    admission.leave();
                    return null;
                });
                start.await();
                admission.letsWait(hasPlace -> goneOn.incrementAndGet());
                end.get();

                assertThat(goneOn).as("round " + round).hasValue(1);
                admission.leave();
            }
        } finally {
            thread.shutdownNow();
        }
    }

    /** One connection, with a server behind it that only looks for the end of a head. */
    private static final class Caller {

        private final Admission admission;
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final Connection connection;
        private final StringBuilder received = new StringBuilder();
        private final List<String> outcomes = new ArrayList<>();
        private final List<ByteBuf> sent = new ArrayList<>();
        private boolean bodyToCome;
        private int reads;

        Caller(Admission admission) {
            this.admission = admission;
            connection = new Connection(channel, admission, "", WITHIN.toNanos(), () -> 0, () -> {});
            channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext context) {
                    reads++;
                    context.read();
                }
            });
            channel.pipeline().addLast(connection, new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object bytes) {
                    receive((ByteBuf) bytes);
                }
            });
        }

        private void receive(ByteBuf bytes) {
            boolean hadHead = received.indexOf("\r\n\r\n") >= 0;
            received.append(bytes.toString(ISO_8859_1));
            bytes.release();
            if (!hadHead && received.indexOf("\r\n\r\n") >= 0) {
                connection.begin(false);
                if (admission.enter(connection)) {
                    outcomes.add("under way");
                } else if (admission.letsWait(connection, this::goOn)) {
                    outcomes.add("waits");
                } else {
                    turnAway();
                }
            }
        }

        private void goOn(boolean hasPlace) {
            if (hasPlace) {
                outcomes.add("under way");
            } else {
                turnAway();
            }
        }

        private void turnAway() {
            outcomes.add("turned away");
            answered();
        }

        private void answered() {
            received.setLength(0);
            connection.end(() -> bodyToCome);
        }

        Caller send(String text) {
            return send(text, text.length());
        }

        Caller send(String text, int capacity) {
            ByteBuf bytes = Unpooled.buffer(capacity).writeBytes(text.getBytes(ISO_8859_1));
            sent.add(bytes);
            channel.pipeline().fireChannelRead(bytes);
            return this;
        }

        Caller run() {
            channel.runPendingTasks();
            return this;
        }

        void end() {
            answered();
            admission.leave();
        }

        boolean isRead() {
            return channel.config().isAutoRead();
        }
    }
}
