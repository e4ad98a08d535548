package ai.mavster.credits.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Clients who ask for much of one account with a long past: some take nothing of it, the others ask again as soon as
 * they are answered.
 */
final class Attack implements AutoCloseable {

    private static final int WHO_DO_NOT_READ = 20;
    private static final int WHO_ASK_AGAIN = 40;

    /** Until then all that can be taken by the systems on both sides has been. */
    private static final long BEFORE_ASKING_ANEW_SECONDS = 60;

    private final Service service;
    private final String path;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Attack(Service service, String accountId) {
        this.service = service;
        this.path = "/v1/accounts/" + accountId;
    }

    /** By all of them together. */
    static Attack on(Service service, String accountId) {
        Attack attack = new Attack(service, accountId);
        for (int i = 0; i < WHO_DO_NOT_READ; i++) {
            attack.again(() -> attack.askAndNotRead("/entries"));
        }
        for (int i = 0; i < WHO_ASK_AGAIN; i++) {
            attack.again(() -> attack.ask("/proof"));
            attack.again(() -> attack.ask("/entries?run_id=none"));
        }
        return attack;
    }

    private interface Once {
        void bother() throws IOException, InterruptedException;
    }

    private void again(Once once) {
        threads.execute(() -> {
            while (over.getCount() > 0) {
                try {
                    once.bother();
                } catch (IOException e) {
                    // The service has hung up, which is its right.
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    @SuppressWarnings("try") // it is closed, and that is all that is done with it
    private void askAndNotRead(String what) throws IOException, InterruptedException {
        try (Socket socket = send(what, "text/csv")) {
            over.await(BEFORE_ASKING_ANEW_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void ask(String what) throws IOException {
        try (Socket socket = send(what, "application/json")) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private Socket send(String what, String accept) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
        socket.getOutputStream()
                .write(("GET " + path + what
                                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
                                + Service.ADMIN_KEY + "\r\nAccept: " + accept + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
        return socket;
    }

    @Override
    public void close() {
        over.countDown();
        threads.shutdownNow();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
