package ai.mavster.credits.ledger.statement;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.LongPast;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Few entries among many: what a page does not look through, the next one does. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SearchTest {

    private static final int ENTRIES = 2 * EntryRepository.SEARCHED + 100;

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void pagesLeadToWhatIsFarDown() throws Exception {
        Customer customer = customer();

        List<String> found = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = customer.entries("?run_id=run-50" + cursor);
            sizes.add(page.rows("data", "seq").size());
            found.addAll(page.rows("data", "seq"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
            assertThat(page.at("has_more")).isEqualTo(String.valueOf(cursor != null));
        } while (cursor != null);

        assertThat(sizes).containsExactly(0, 0, 1);
        assertThat(found).containsExactly("50");
    }

    @Test
    void aPageThatIsFullEndsBeforeItsPart() throws Exception {
        Customer customer = customer();
        Reply first = customer.entries("?action=visual-assert&limit=1000");
        Reply second = customer.entries("?action=visual-assert&limit=1000&cursor=" + first.at("next_cursor"));

        assertThat(first.rows("data", "seq").get(0)).isEqualTo(String.valueOf(ENTRIES));
        assertThat(second.rows("data", "seq")).hasSize(1000).startsWith(String.valueOf(ENTRIES - 1000));
    }

    @Test
    void theStreamLooksThroughAll() throws Exception {
        Customer customer = customer();
        assertThat(customer.entriesAsCsv("?run_id=run-50").lines()).hasSize(2);
        assertThat(customer.entriesAsCsv("?run_id=none").lines()).hasSize(1);
        assertThat(customer.entriesAsCsv("").lines()).hasSize(1 + ENTRIES);
    }

    /** Found by halves, not by looking through them. */
    @Test
    void aTimeIsFoundAtOnceHoweverFarDown() throws Exception {
        Customer customer = Customer.having("3000");
        customer.debit("1").is(201);
        clock.moveBy(Duration.ofMinutes(10));
        String early = Instant.now().plus(Duration.ofMinutes(5)).toString();
        customer.debit("1").is(201);
        LongPast.give(TestDatabase.shared(), customer.id, ENTRIES);
        clock.moveBy(Duration.ofMinutes(10));
        String late = Instant.now().plus(Duration.ofMinutes(15)).toString();
        customer.debit("1").is(201);

        assertThat(customer.entries("?to=" + early).rows("data", "seq")).containsExactly("2", "1");
        assertThat(customer.entries("?kind=debit&to=" + early).rows("data", "seq"))
                .containsExactly("2");
        assertThat(customer.entries("?from=" + late).rows("data", "seq")).containsExactly(String.valueOf(ENTRIES + 1));
        assertThat(customer.entries("?from=" + early + "&to=" + late + "&limit=1")
                        .rows("data", "seq"))
                .containsExactly(String.valueOf(ENTRIES));
        assertThat(customer.entries("?from=" + late + "&to=" + late + "&limit=1")
                        .rows("data", "seq"))
                .isEmpty();
    }

    private static Customer customer() throws Exception {
        Customer customer = Customer.having("3000");
        LongPast.give(TestDatabase.shared(), customer.id, ENTRIES);
        return customer;
    }
}
