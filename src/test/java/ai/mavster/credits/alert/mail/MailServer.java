package ai.mavster.credits.alert.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An SMTP server of its own that the service under test mails to. It can be stopped, and something that takes
 * connections and says nothing can take its place.
 */
public final class MailServer implements QuarkusTestResourceLifecycleManager {

    private GreenMail server;
    private ServerSocket silent;
    private int port;

    @Override
    public Map<String, String> start() {
        server = begun(0);
        port = server.getSmtp().getPort();
        return Map.of(
                "credits.mail.from",
                "credits@example.com",
                "credits.smtp.host",
                "127.0.0.1",
                "credits.smtp.port",
                String.valueOf(port),
                "credits.smtp.tls",
                "none",
                "credits.smtp.silent-for",
                "PT2S");
    }

    private static GreenMail begun(int port) {
        GreenMail begun = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        begun.start();
        return begun;
    }

    @Override
    public void inject(TestInjector tests) {
        tests.injectIntoFields(this, field -> field.getType().equals(MailServer.class));
    }

    @Override
    public void stop() {
        away();
    }

    /** Nobody takes connections. */
    void away() {
        if (server != null) {
            server.stop();
            server = null;
        }
        if (silent != null) {
            close(silent);
            silent = null;
        }
    }

    /** Somebody takes connections, and says nothing. */
    void silent() {
        away();
        try {
            silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it is at first, with no mail. */
    void back() {
        away();
        server = begun(port);
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an address got, in order. */
    List<Received> of(String address) {
        return server == null
                ? List.of()
                : Stream.of(server.getReceivedMessagesForDomain(address))
                        .map(Received::of)
                        .toList();
    }
}
