package ai.mavster.credits.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.TestAccounts;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account has a row that cannot be read: whoever asks of others at the same time is answered. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BrokenAccountTest {

    private static final int ROUNDS = 60;

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource database;

    private Customer broken;
    private List<Customer> sound;

    @BeforeEach
    void breakOne() throws SQLException {
        broken = Customer.on("basic");
        sound = Stream.generate(() -> Customer.on("basic")).limit(3).toList();
        moveTo("Nowhere/At_all");
    }

    @AfterEach
    void mend() throws SQLException {
        moveTo("UTC");
        Customer.get(broken.path("/balance")).is(200);
    }

    private void moveTo(String zone) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("UPDATE subscription SET time_zone = ? WHERE account_id = ?")) {
            statement.setString(1, zone);
            statement.setString(2, broken.id);
            statement.executeUpdate();
        }
    }

    @Test
    void questionsAboutOthersAreAnswered() {
        isAlone((accountId, round) -> ledger.read(accountId, AccountView::balance));
        Customer.get(broken.path("/balance")).is(500, "internal_error");
    }

    @Test
    void commandsForOthersAreCarriedOut() {
        isAlone((accountId, round) -> ledger.submit(TestAccounts.topUp(accountId, "round-" + round, Credits.of(1))));
    }

    private void isAlone(BiFunction<String, Integer, CompletionStage<? extends Outcome<?>>> asked) {
        List<CompletableFuture<? extends Outcome<?>>> ofBroken = new ArrayList<>();
        List<CompletableFuture<? extends Outcome<?>>> ofSound = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ofBroken.add(asked.apply(broken.id, round).toCompletableFuture());
            for (Customer one : sound) {
                ofSound.add(asked.apply(one.id, round).toCompletableFuture());
            }
        }
        ofSound.forEach(one -> assertThat(one.join()).isInstanceOf(Outcome.Accepted.class));
        ofBroken.forEach(one ->
                assertThat(one.handle((outcome, failure) -> failure).join()).isNotNull());
    }
}
