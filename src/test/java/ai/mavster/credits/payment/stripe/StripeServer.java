package ai.mavster.credits.payment.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stripe on this machine, as its wire is: forms in, JSON out in the shapes of its fixtures, idempotency keys that answer
 * a repeat as the first time, faults included, and troubles by a switch. It keeps its objects; {@link StripeActions} is
 * what customers and the dashboard do.
 */
public final class StripeServer implements AutoCloseable {

    public static final String KEY = "sk_test_of_this_machine_0123456789";

    /** What goes wrong. */
    public enum Trouble {
        NONE,
        /** The connection is closed before anything is done. */
        DOWN,
        /** Nothing is answered, nor done, until {@link #release}. */
        SLOW,
        /** It is done, and answered at {@link #release}. */
        SLOW_AFTER,
        /** 429, with a Retry-After of 7 s. */
        RATE_LIMITED,
        /** 409: another request under that key is under way. */
        KEY_IN_USE,
        /** It is done, and half of the answer comes. */
        HALF_ANSWER,
        /** It is done, and the answer is no JSON. */
        NO_JSON,
        /** It is done, and answered by a 500. */
        ERROR_AFTER
    }

    /** A request. */
    public record Asked(String method, String path, String idempotencyKey, ObjectNode form) {}

    /** An answer. */
    record Answer(int status, ObjectNode body) {

        static Answer error(int status, String type, String code) {
            ObjectNode body = StripeObjects.JSON.createObjectNode();
            ObjectNode error = body.putObject("error");
            error.put("type", type).put("message", "It was not done, and " + KEY + " is in this message");
            if (code != null) {
                error.put("code", code);
            }
            return new Answer(status, body);
        }
    }

    private record Remembered(String path, ObjectNode form, Answer answer) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final StripeObjects objects;
    private final StripeEndpoints endpoints;
    private final StripeActions actions;
    private final Map<String, Remembered> remembered = new HashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch slow = new CountDownLatch(1);
    private Trouble trouble = Trouble.NONE;
    private String troubled = "";
    private int times;

    private StripeServer(HttpServer server, Clock clock) {
        this.server = server;
        objects = new StripeObjects(clock);
        actions = new StripeActions(objects);
        endpoints = new StripeEndpoints(objects, actions);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public static StripeServer start() {
        try {
            return new StripeServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
                    Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public StripeActions actions() {
        return actions;
    }

    StripeObjects objects() {
        return objects;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** How often something of a path was asked. */
    public long asked(String method, String path) {
        return asked.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().matches(path))
                .count();
    }

    /** The next so many requests, of a method and a path by a pattern, go wrong. */
    public synchronized void trouble(Trouble next, String methodAndPath, int howOften) {
        trouble = next;
        troubled = methodAndPath;
        times = howOften;
        slow = new CountDownLatch(1);
    }

    /** All goes well from now on, and what was slow goes on. */
    public synchronized void release() {
        trouble = Trouble.NONE;
        slow.countDown();
    }

    private synchronized Trouble next(String methodAndPath) {
        if (trouble == Trouble.NONE || times == 0 || !methodAndPath.matches(troubled)) {
            return Trouble.NONE;
        }
        times--;
        return trouble;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getRawQuery();
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    path,
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    Form.parse(body.isEmpty() ? query : body));
            asked.add(request);
            answer(exchange, request, next(request.method() + " " + path));
        }
    }

    private void answer(HttpExchange exchange, Asked request, Trouble wrong) throws IOException {
        if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, Answer.error(401, "invalid_request_error", null), Trouble.NONE);
            return;
        }
        switch (wrong) {
            case DOWN -> {}
            case RATE_LIMITED -> send(exchange, Answer.error(429, "invalid_request_error", "rate_limit"), wrong);
            case KEY_IN_USE -> send(exchange, Answer.error(409, "idempotency_error", "idempotency_key_in_use"), wrong);
            case SLOW -> {
                waitForRelease();
                send(exchange, done(exchange, request, wrong), Trouble.NONE);
            }
            case SLOW_AFTER -> {
                Answer answer = done(exchange, request, wrong);
                waitForRelease();
                send(exchange, answer, Trouble.NONE);
            }
            default -> send(exchange, done(exchange, request, wrong), wrong);
        }
    }

    private void waitForRelease() {
        try {
            slow.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** A key answers as it has the first time; with other words it refuses. */
    private synchronized Answer done(HttpExchange exchange, Asked request, Trouble wrong) {
        boolean keyed = request.method().equals("POST") && request.idempotencyKey() != null;
        Remembered before = keyed ? remembered.get(request.idempotencyKey()) : null;
        if (before != null) {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
            return before.path.equals(request.path()) && before.form.equals(request.form())
                    ? before.answer
                    : Answer.error(400, "idempotency_error", null);
        }
        Answer done = endpoints.answer(request);
        Answer answer = wrong == Trouble.ERROR_AFTER ? Answer.error(500, "api_error", null) : done;
        Form.texts(request.form().path("expand")).forEach(path -> objects.expand(answer.body, path));
        if (keyed) {
            remembered.put(request.idempotencyKey(), new Remembered(request.path(), request.form(), answer));
        }
        return answer;
    }

    private static void send(HttpExchange exchange, Answer answer, Trouble wrong) throws IOException {
        byte[] body = (wrong == Trouble.NO_JSON ? "<html>" : answer.body.toString()).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Request-Id", "req_test");
        if (answer.status == 429) {
            exchange.getResponseHeaders().set("Retry-After", "7");
        }
        exchange.sendResponseHeaders(answer.status, body.length);
        exchange.getResponseBody().write(body, 0, wrong == Trouble.HALF_ANSWER ? body.length / 2 : body.length);
        exchange.getResponseBody().flush();
    }

    /** What a day does to the keys. */
    public synchronized void forgetKeys() {
        remembered.clear();
    }

    @Override
    public void close() {
        slow.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
