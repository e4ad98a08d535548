package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Example.Customer;
import ai.mavster.credits.ServedContract.Endpoint;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Cursors that nobody was handed, to each list: refused by name, or taken for a place in it; never a fault of ours. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CraftedCursorTest {

    private static final int RANDOM = 20;

    private static final List<String> TIMES = List.of(
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "2026-11-21T18:39:00Z",
            "2026-11-21T18:39:00.1234567Z",
            "2026-11-21T18:39:00+18:00",
            "0001-01-01T00:00:00+18:00",
            "+10000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z");

    private static final List<String> IDS = List.of(
            "",
            "a",
            "a b",
            "\u0000",
            "a\u0000b",
            "\u0001",
            "\u007f",
            "\ufffd",
            "\ud83d\ude00",
            "|",
            "x".repeat(600),
            "00000000-0000-0000-0000-000000000000",
            "grant_" + new UUID(-1, -1),
            "key_" + new UUID(-1, -1),
            "change_1-1-1-1-1",
            "null",
            "-1",
            "1.0",
            "' or 1=1 --");

    private static final List<String> NUMBERS =
            List.of("0", "-1", "9223372036854775807", "-9223372036854775808", "2147483648", "00", "1e3");

    private final Random random = new Random(20261121);

    @Test
    void areRefusedOrArePlaces() {
        SoftAssertions all = new SoftAssertions();
        Customer customer = Customer.create("cursor-" + UUID.randomUUID());
        List<String> cursors = cursors();
        int asked = 0;
        for (Endpoint endpoint : ServedContract.read().endpoints()) {
            if (!endpoint.parameters("query").contains("cursor")) {
                continue;
            }
            asked++;
            for (String more : variants(endpoint)) {
                for (String cursor : cursors) {
                    Response answer = Example.request(Example.ADMIN)
                            .get(Example.of(endpoint).path(customer) + "?" + more + "cursor=" + cursor);
                    String what = endpoint.name() + " " + more + cursor;
                    all.assertThat(answer.statusCode()).as(what).isIn(200, 400);
                    if (answer.statusCode() == 400) {
                        all.assertThat(answer.jsonPath().<String>getList("errors.field"))
                                .as(what)
                                .containsExactly("cursor");
                    }
                }
            }
        }
        all.assertAll();
        assertThat(asked).isGreaterThanOrEqualTo(8);
    }

    private static List<String> variants(Endpoint endpoint) {
        return endpoint.parameters("query").contains("group_by")
                        && endpoint.path().endsWith("/usage")
                ? List.of("", "bucket=month&", "bucket=hour&group_by=test,action&")
                : List.of("");
    }

    private List<String> cursors() {
        List<String> contents = new ArrayList<>();
        NUMBERS.forEach(number -> contents.add("n" + number));
        for (String time : TIMES) {
            contents.add("t" + time);
            contents.add("t" + time + "|a");
            contents.add("t" + time + "|a|b|c|d");
            contents.add("t" + time + "||||");
        }
        for (String id : IDS) {
            contents.add("t" + id);
            contents.add("t" + TIMES.get(2) + "|" + id);
        }
        List<String> cursors = new ArrayList<>();
        contents.forEach(content -> cursors.add(encoded(content.getBytes(StandardCharsets.UTF_8))));
        for (int i = 0; i < RANDOM; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            cursors.add(encoded(bytes));
            bytes[0] = (byte) (random.nextBoolean() ? 't' : 'n');
            cursors.add(encoded(bytes));
        }
        return cursors;
    }

    private static String encoded(byte[] content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }
}
