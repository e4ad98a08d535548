package ai.mavster.credits.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.ServiceProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies of two megabytes that would be a hundred in memory, to the packaged service with half a gigabyte. */
class HostileBodiesIT {

    private static final int CALLERS = 60;
    private static final int BYTES = 2 * 1024 * 1024;
    private static final String ADMIN = "Authorization: Bearer " + ServiceProcess.ADMIN_KEY;

    /** Each the start of a body, with the brackets it opens. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /v1/debits", "{\"debits\":[",
            "POST /v1/imports", "{\"accounts\":[",
            "POST /v1/preflights", "{\"account_id\":\"a\",\"items\":[",
            "PUT /v1/rate-card", "{\"rates\":[",
            "POST /v1/accounts/a/runs", "{\"estimate\":[");

    @Test
    void hundredsOfThousandsOfElementsAreRefusedAndLeaveNothing() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(Map.of("CREDITS_BODY_BUFFER", "256M"))) {
            for (String endpoint : BODIES.keySet()) {
                assertThat(answers(service, endpoint, body(endpoint, "{},")))
                        .as(endpoint)
                        .hasSize(CALLERS)
                        .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 400 "));
            }
            assertThat(answers(service, "POST /v1/debits", body("POST /v1/debits", "{\"x\":[[{}]]},")))
                    .allSatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("debits"));

            assertThat(service.readiness()).isEqualTo(200);
            assertThat(service.log()).doesNotContain("OutOfMemoryError", "ERROR");
        }
    }

    @Test
    void moreThanThereIsRoomForIsToldToComeAgain() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(Map.of("CREDITS_BODY_BUFFER", "8M"))) {
            assertThat(answers(service, "POST /v1/debits", body("POST /v1/debits", "{},")))
                    .hasSize(CALLERS)
                    .allSatisfy(answer -> assertThat(answer).containsAnyOf("HTTP/1.1 400 ", "HTTP/1.1 503 "))
                    .anySatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 400 "));
            assertThat(service.readiness()).isEqualTo(200);
        }
    }

    private static byte[] body(String endpoint, String element) {
        String start = BODIES.get(endpoint);
        StringBuilder body = new StringBuilder(BYTES).append(start);
        while (body.length() < BYTES - 100) {
            body.append(element);
        }
        return body.append("{}]}").toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static List<String> answers(ServiceProcess service, String endpoint, byte[] body) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            String head = Wire.post(
                            endpoint.split(" ", -1)[1],
                            body.length,
                            ADMIN,
                            "Idempotency-Key: hostile",
                            "Connection: close")
                    .replaceFirst("POST", endpoint.split(" ", -1)[0]);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(callers.submit(() -> {
                    try (Wire wire = Wire.to(service.url())) {
                        return wire.send(head).send(body).receive();
                    }
                }));
            }
            List<String> received = new ArrayList<>();
            for (Future<String> answer : answers) {
                received.add(answer.get(2, TimeUnit.MINUTES));
            }
            return received;
        } finally {
            callers.shutdownNow();
        }
    }
}
