package ai.mavster.credits.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients as nobody wishes for, each kind in the numbers in which it hurts. */
enum HostileClient {
    /** Asks for much and takes it by the byte. */
    READS_SLOWLY(20) {
        @Override
        void bother(Target target) throws IOException {
            try (Socket socket = target.connect()) {
                target.send(socket, target.get("/entries", "text/csv"));
                while (target.isUp(20) && socket.getInputStream().read() >= 0) {}
            }
        }
    },
    /** Asks for much and takes nothing. */
    NEVER_READS(20) {
        @Override
        void bother(Target target) throws IOException {
            try (Socket socket = target.connect()) {
                target.send(socket, target.get("/entries", "text/csv"));
                while (target.isUp(1_000)) {}
            }
        }
    },
    /** Asks for one page after the other on one connection, and takes none. */
    PIPELINES_AND_NEVER_READS(20) {
        @Override
        void bother(Target target) throws IOException {
            try (Socket socket = target.connect()) {
                target.send(
                        socket,
                        target.get("/entries?limit=1000", "application/json").repeat(300));
                while (target.isUp(1_000)) {}
            }
        }
    },
    HANGS_UP_IN_THE_REQUEST(10) {
        @Override
        void bother(Target target) throws IOException {
            try (Socket socket = target.connect()) {
                target.send(socket, target.post("/debits", 100) + "{\"credits\":");
            }
            try (Socket socket = target.connect()) {
                target.send(socket, "GET /v1/acc");
            }
        }
    },
    HANGS_UP_IN_THE_ANSWER(10) {
        @Override
        void bother(Target target) throws IOException {
            for (String path : List.of("/entries", "/usage?group_by=test")) {
                try (Socket socket = target.connect()) {
                    target.send(socket, target.get(path, "text/csv"));
                    socket.getInputStream().readNBytes(12);
                }
            }
        }
    },
    HANGS_UP_BEFORE_THE_ANSWER(10) {
        @Override
        void bother(Target target) throws IOException {
            for (String path : List.of("/proof", "/entries?run_id=none", "/usage?group_by=test")) {
                try (Socket socket = target.connect()) {
                    target.send(socket, target.get(path, "application/json"));
                }
            }
        }
    },
    /** One that is announced, one that is not. */
    SENDS_HUGE_BODIES(10) {
        @Override
        void bother(Target target) throws IOException {
            String chunk = "8000\r\n" + "[".repeat(0x8000) + "\r\n";
            for (boolean announced : List.of(true, false)) {
                try (Socket socket = target.connect()) {
                    target.send(socket, target.post("/debits", announced ? 100_000_000 : -1));
                    for (int chunks = 0; chunks < 200 && target.isUp(0); chunks++) {
                        target.send(socket, chunk);
                    }
                } catch (IOException hungUp) {
                    // That is what it is for.
                }
            }
        }
    },
    /** More than there are threads that could wait for it. */
    SENDS_A_BODY_BY_THE_BYTE(80) {
        @Override
        void bother(Target target) throws IOException {
            try (Socket socket = target.connect()) {
                target.send(socket, target.post("/top-ups", 1_000));
                while (target.isUp(50)) {
                    target.send(socket, " ");
                }
            }
        }
    },
    SENDS_A_HEAD_BY_THE_BYTE(80) {
        @Override
        void bother(Target target) throws IOException {
            try (Socket socket = target.connect()) {
                target.send(socket, "GET /v1/accounts/hostile HTTP/1.1\r\nX-Long: ");
                while (target.isUp(50)) {
                    target.send(socket, "x");
                }
            }
        }
    },
    /** Two megabytes that would be a hundred in memory. */
    SENDS_MANY_SMALL_ELEMENTS(10) {
        @Override
        void bother(Target target) throws IOException {
            String body = "{\"items\":[" + "{},".repeat(690_000) + "{}]}";
            target.ask(
                    "POST /v1/preflights HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                            + target.key() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    },
    /** A thousand a second and more, with keys that nobody has. */
    ASKS_IN_MASSES(20) {
        @Override
        void bother(Target target) throws IOException {
            String requests =
                    "GET /v1/accounts/other/balance HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer none\r\n\r\n"
                            .repeat(50);
            try (Socket socket = target.connect()) {
                while (target.isUp(20)) {
                    target.send(socket, requests);
                    InputStream answers = socket.getInputStream();
                    do {
                        answers.skipNBytes(Math.max(1, answers.available()));
                    } while (answers.available() > 0);
                }
            }
        }
    },
    OPENS_CONNECTIONS(10) {
        @Override
        void bother(Target target) throws IOException {
            List<Socket> sockets = new ArrayList<>();
            try {
                while (sockets.size() < 200) {
                    sockets.add(target.connect());
                }
                while (target.isUp(1_000)) {}
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    },
    PROVES_IN_A_LOOP(40) {
        @Override
        void bother(Target target) throws IOException {
            target.ask(target.get("/proof", "application/json"));
        }
    },
    SEARCHES_IN_A_LOOP(40) {
        @Override
        void bother(Target target) throws IOException {
            target.ask(target.get("/entries?run_id=none", "application/json"));
        }
    },
    ADDS_UP_IN_A_LOOP(40) {
        @Override
        void bother(Target target) throws IOException {
            target.ask(target.get("/usage?group_by=action,project,workspace,test&bucket=hour", "application/json"));
        }
    };

    private final int number;

    HostileClient(int number) {
        this.number = number;
    }

    /** How many of them come together. */
    int number() {
        return number;
    }

    /** Does it once; to be done again for as long as the target is up. */
    abstract void bother(Target target) throws IOException;

    /** The service, an account with a long past, and a key to it, until it is enough. */
    record Target(URI service, String accountId, String key, CountDownLatch enough) {

        /** True after so many milliseconds, unless it is enough. */
        boolean isUp(long millis) {
            try {
                return !enough.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        Socket connect() throws IOException {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
            return socket;
        }

        void send(Socket socket, String text) throws IOException {
            OutputStream output = socket.getOutputStream();
            output.write(text.getBytes(ISO_8859_1));
            output.flush();
        }

        /** Asks, and takes the answer to its end. */
        void ask(String request) throws IOException {
            try (Socket socket = connect()) {
                send(socket, request.replace("Host: test", "Host: test\r\nConnection: close"));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }

        String get(String path, String accept) {
            return head("GET", path) + "Accept: " + accept + "\r\n\r\n";
        }

        /**
         * The head of one.
         *
         * @param length negative: in chunks
         */
        String post(String path, int length) {
            return head("POST", path) + "Content-Type: application/json\r\nIdempotency-Key: hostile\r\n"
                    + (length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length) + "\r\n\r\n";
        }

        private String head(String method, String path) {
            return method + " /v1/accounts/" + accountId + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
                    + key + "\r\n";
        }
    }
}
