package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.event.delivery.Attempt.Failure;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Though it is an address that is connected to, it is the name that the other side has to prove. */
class SenderTlsTest {

    private static final String NAME = "hooks.example.com";
    private static final String PASSWORD = "changeit";
    private static final String TRUSTED = "javax.net.ssl.trustStore";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicReference<String> asked = new AtomicReference<>();
    private HttpsServer server;

    @BeforeEach
    void listen() throws IOException, GeneralSecurityException, InterruptedException {
        Path keys = directory.resolve("keys");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + NAME,
                        "-ext",
                        "san=dns:" + NAME,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(tool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            received.incrementAndGet();
            ExtendedSSLSession session =
                    (ExtendedSSLSession) ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
            asked.set(session.getRequestedServerNames().toString());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.close();
        System.clearProperty(TRUSTED);
        System.clearProperty(TRUSTED + "Password");
    }

    /** The certificate becomes one that this machine trusts. */
    private void trust() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("receiver", keys.getCertificate("receiver"));
        Path file = directory.resolve("trusted");
        try (var out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        System.setProperty(TRUSTED, file.toString());
        System.setProperty(TRUSTED + "Password", PASSWORD);
    }

    private Attempt send(String name) {
        Sender sender = new Sender(
                vertx,
                host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())),
                new Sending.Settings(true),
                JsonMapper.builder().addModule(new JavaTimeModule()).build(),
                Clock.systemUTC());
        try {
            String url = "https://" + name + ":" + server.getAddress().getPort() + "/";
            return sender.send(Sending.event(), Sending.target(url), 0)
                    .toCompletableFuture()
                    .join();
        } finally {
            sender.stop();
        }
    }

    @Test
    void whoProvesTheNameIsDeliveredTo() throws IOException, GeneralSecurityException {
        trust();
        assertThat(send(NAME).isDelivered()).isTrue();
        assertThat(asked.get()).contains(NAME);
    }

    @Test
    void whoProvesAnotherIsNot() throws IOException, GeneralSecurityException {
        trust();
        assertThat(send("other.example.com").failure()).isEqualTo(Failure.INSECURE);
        assertThat(received).hasValue(0);
    }

    @Test
    void whomNobodyVouchesForIsNot() {
        assertThat(send(NAME).failure()).isEqualTo(Failure.INSECURE);
        assertThat(received).hasValue(0);
    }
}
