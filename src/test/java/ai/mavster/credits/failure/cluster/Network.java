package ai.mavster.credits.failure.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A way to a server that can be cut, slowed, halved or torn, and led to another server; it knows no protocol. */
final class Network implements Closeable {

    /** What becomes of what is sent. */
    enum Way {
        OPEN,
        /** Open connections are reset, and new ones as soon as they are made. */
        CUT,
        /** Each piece is some time under way. */
        DELAYED,
        /** What the server sends goes nowhere, and nobody notices. */
        ANSWERS_VANISH,
        /** What the client sends goes nowhere, and nobody notices. */
        REQUESTS_VANISH,
        /** Nothing moves in either direction, and all of it arrives once the way is open again. */
        STALLED,
        /** A part of a request arrives, then the connection is reset. */
        TEARS_REQUESTS,
        /** A request arrives, and the connection is reset instead of the answer. */
        TEARS_ANSWERS
    }

    private static final long DELAY_NANOS = 150_000_000;
    private static final long GLANCE_NANOS = 5_000_000;

    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile Way way = Way.OPEN;
    private volatile boolean closed;

    Network(int target) throws IOException {
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.target = target;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on, also for connections that are open. Once it is open again, those that missed something are reset. */
    void become(Way next) {
        way = next;
        for (Link link : links) {
            if (next == Way.CUT || (next == Way.OPEN && link.missedSomething)) {
                link.reset();
            }
        }
    }

    /** New connections lead to another server, and those to the former are reset. */
    void leadTo(int port) {
        target = port;
        links.forEach(Link::reset);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        links.forEach(Link::reset);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One side has gone, which is what this is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("resource") // closed when the link ends
    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            client.setTcpNoDelay(true);
            try {
                if (way == Way.CUT) {
                    throw new IOException("cut");
                }
                Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
                link.server.setTcpNoDelay(true);
                links.add(link);
                start(link::requests);
                start(link::answers);
            } catch (IOException e) {
                client.setSoLinger(true, 0);
                client.close();
            }
        }
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private final AtomicInteger ended = new AtomicInteger();
        private volatile boolean missedSomething;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** Both sides get a reset rather than an orderly end. */
        void reset() {
            links.remove(this);
            try (client;
                    server) {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
            } catch (IOException e) {
                // It is gone already.
            }
        }

        private void requests() throws IOException {
            carry(client, server, Way.REQUESTS_VANISH, Way.TEARS_REQUESTS);
        }

        private void answers() throws IOException {
            carry(server, client, Way.ANSWERS_VANISH, Way.TEARS_ANSWERS);
        }

        private void carry(Socket from, Socket to, Way vanishing, Way tearing) throws IOException {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[65_536];
            boolean whole = false;
            try {
                for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                    pass();
                    if (way == tearing) {
                        out.write(buffer, 0, tearing == Way.TEARS_REQUESTS ? length / 2 : 0);
                        return;
                    }
                    missedSomething |= way == vanishing;
                    if (!missedSomething) {
                        out.write(buffer, 0, length);
                    }
                }
                // An end is not told where nothing gets through.
                while (missedSomething && way != Way.OPEN && !closed) {
                    LockSupport.parkNanos(GLANCE_NANOS);
                }
                to.shutdownOutput();
                whole = true;
            } finally {
                if (!whole || ended.incrementAndGet() == 2) {
                    reset();
                }
            }
        }

        private void pass() {
            if (way == Way.DELAYED) {
                LockSupport.parkNanos(DELAY_NANOS);
            }
            while (way == Way.STALLED && !closed) {
                LockSupport.parkNanos(GLANCE_NANOS);
            }
        }
    }
}
