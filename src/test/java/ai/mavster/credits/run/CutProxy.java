package ai.mavster.credits.run;

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

/** The way to the service, connection by connection, which can be cut; it knows nothing of what goes over it. */
final class CutProxy implements Closeable {

    /** What becomes of what is sent. */
    enum Way {
        OPEN,
        /** It arrives; then the connection is reset, before anything of the answer. */
        LOSES_ANSWERS,
        /** A part of it arrives; then the connection is reset. */
        TEARS_REQUESTS,
        /** Nothing arrives: a connection is reset as soon as it is made. */
        CUT
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int servicePort;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger resets = new AtomicInteger();
    private volatile Way way = Way.OPEN;

    CutProxy(int servicePort) throws IOException {
        this.servicePort = servicePort;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on, also for connections that are open; those are gone when it is cut. */
    void become(Way next) {
        way = next;
        if (next == Way.CUT) {
            links.forEach(Link::reset);
        }
    }

    /** How many connections were reset. */
    int resets() {
        return resets.get();
    }

    @Override
    public void close() throws IOException {
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
            Socket runner = listener.accept();
            if (way == Way.CUT) {
                resets.incrementAndGet();
                runner.setSoLinger(true, 0);
                runner.close();
            } else {
                Link link = new Link(runner, new Socket(InetAddress.getLoopbackAddress(), servicePort));
                links.add(link);
                start(link::requests);
                start(link::answers);
            }
        }
    }

    private final class Link {

        private final Socket runner;
        private final Socket service;

        Link(Socket runner, Socket service) {
            this.runner = runner;
            this.service = service;
        }

        /** Both sides get a reset rather than an orderly end. */
        void reset() {
            if (links.remove(this)) {
                resets.incrementAndGet();
            }
            try (runner;
                    service) {
                runner.setSoLinger(true, 0);
                service.setSoLinger(true, 0);
            } catch (IOException e) {
                // It is gone already.
            }
        }

        private void requests() throws IOException {
            try (runner;
                    service) {
                InputStream in = runner.getInputStream();
                OutputStream out = service.getOutputStream();
                byte[] buffer = new byte[65_536];
                for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                    boolean tears = way == Way.TEARS_REQUESTS;
                    out.write(buffer, 0, tears ? length / 2 : length);
                    if (tears) {
                        reset();
                    }
                }
            }
        }

        private void answers() throws IOException {
            try (runner;
                    service) {
                InputStream in = service.getInputStream();
                OutputStream out = runner.getOutputStream();
                byte[] buffer = new byte[65_536];
                for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                    if (way == Way.LOSES_ANSWERS) {
                        reset();
                    } else {
                        out.write(buffer, 0, length);
                    }
                }
            }
        }
    }
}
