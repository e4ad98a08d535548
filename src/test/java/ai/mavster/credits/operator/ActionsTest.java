package ai.mavster.credits.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Shown;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every action of an operator is recorded, once, with its author; and no other. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ActionsTest {

    /** Forms that change nothing but the session, or nothing at all. */
    private static final List<String> NO_ACTIONS =
            List.of("/operator/sign-out", "/operator/accounts/:account_id/proof");

    @Inject
    Operator operator;

    @Inject
    AgroalDataSource database;

    private final String name = "Ada " + UUID.randomUUID();
    private final List<String> tried = new ArrayList<>(NO_ACTIONS);
    private Desk ada;
    private Customer customer;

    @BeforeEach
    void signIn() {
        ada = Desk.with(Desk.key("{'name': '" + name + "', 'scopes': ['admin']}"));
        customer = Customer.having("100");
    }

    /** As {@code kind account target reason done} of this test's operator, in order. */
    private List<String> recorded() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT kind, account_id, target_id, reason, done_at IS NOT NULL FROM operator_action"
                                + " WHERE author_name = ? ORDER BY action_id")) {
            statement.setString(1, name);
            List<String> rows = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                rows.add(row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getString(4)
                        + " " + row.getBoolean(5));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String last() {
        List<String> rows = recorded();
        return rows.get(rows.size() - 1);
    }

    private Shown send(String form, String path, String... fields) {
        tried.add(form);
        return ada.post(path, fields);
    }

    private String path(String rest) {
        return "/operator/accounts/" + customer.id + rest;
    }

    @Test
    void eachFormIsRecordedOnceWithItsAuthor() {
        String grants = "/operator/accounts/:account_id/grants";
        String[] grant = {"kind=promotional", "credits=5", "reason=Apology", "confirmed=yes", "key=once"};
        ada.post(path("/grants/new"), "kind=promotional", "credits=5", "reason=Only checked")
                .is(200);
        assertThat(recorded()).isEmpty();
        send(grants + "/new", path("/grants/new"), grant).is(303);
        send(grants + "/new", path("/grants/new"), grant).is(303);
        Object posting = Customer.get(customer.path("/postings?limit=1")).at("data/0/id");
        assertThat(recorded()).isEqualTo(List.of("granted " + customer.id + " " + posting + " Apology true"));

        ada.post(path("/grants/new"), "kind=adjustment", "credits=-2", "reason=Counted twice", "confirmed=yes", "key=a")
                .is(303);
        assertThat(last())
                .startsWith("adjusted " + customer.id + " adjustment_")
                .endsWith(" Counted twice true");

        Object grantId = customer.grants().at("data/0/grant_id");
        send(grants + "/:grant_id/void", path("/grants/" + grantId + "/void"), "reason=Wrong", "confirmed=yes", "key=v")
                .is(303);
        assertThat(last()).startsWith("voided " + customer.id + " void_").endsWith(" Wrong true");

        Object event = Customer.get(customer.path("/events")).is(200).at("data/0/id");
        String redeliver = "/events/" + event + "/redeliver";
        send("/operator/accounts/:account_id/events/:event_id/redeliver", path(redeliver), "reason=Lost there")
                .is(303);
        assertThat(last()).isEqualTo("redelivered " + customer.id + " " + event + " Lost there true");

        String provider = providerEvent();
        send(
                        "/operator/payments/events/:payment_event_id/retry",
                        "/operator/payments/events/" + provider + "/retry",
                        "reason=It is back")
                .is(303);
        assertThat(last()).isEqualTo("payment_event_retried " + customer.id + " " + provider + " It is back true");

        send("/operator/renewals", "/operator/renewals").is(303);
        assertThat(last()).isEqualTo("renewed null null null true");

        Shown made = send("/operator/keys", "/operator/keys", "name=Eve", "scope_read=yes", "account_id=" + customer.id)
                .is(200);
        assertThat(last()).matches("key_created " + customer.id + " key_\\S+ null true");
        String keyId = last().split(" ", -1)[2];
        send("/operator/keys/:key_id/revoke", "/operator/keys/" + keyId + "/revoke", "reason=Left us")
                .is(303);
        assertThat(last()).isEqualTo("key_revoked null " + keyId + " Left us true");

        send("/operator/accounts/:account_id/view", path("/view")).is(303);
        assertThat(last()).matches("viewed_as_owner " + customer.id + " \\S{36} null true");

        assertThat(tried).containsAll(operator.forms());
        assertThat(recorded()).hasSize(9);
        String text = made.text().replaceAll("(?s).*(mck_[A-Za-z0-9_-]{43}).*", "$1");
        assertThat(text).hasSize(47);
        assertThat(recorded().toString()).doesNotContain(text);
        ada.get("/operator/actions?key=" + author())
                .is(200)
                .shows(name, "key revoked", "Left us", "granted", "Apology", customer.id);
        ada.get(path("/actions")).is(200).shows("granted", "Apology").showsNot("key revoked");
    }

    /** Of one that was processed long ago. */
    private String providerEvent() {
        String id = "evt_" + UUID.randomUUID();
        execute(
                "INSERT INTO provider_event (provider, event_id, type, object_id, account_id, status, attempts, created_at, received_at,"
                        + " processed_at) VALUES ('sandbox', '" + id + "', 'payment.succeeded', 'gone', '" + customer.id
                        + "', 'processed', 1, now(), now(), now())");
        return id;
    }

    private void execute(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String author() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT author_id FROM operator_action WHERE author_name = ? LIMIT 1")) {
            statement.setString(1, name);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasRefusedIsNotRecorded() {
        ada.post(path("/grants/new"), "kind=promotional", "credits=5", "confirmed=yes", "key=k")
                .is(400);
        ada.post(path("/events/evt_nothing/redeliver"), "reason=x").is(404);
        Object event = Customer.get(customer.path("/events")).is(200).at("data/0/id");
        ada.post("/operator/accounts/" + Customer.having("1").id + "/events/" + event + "/redeliver", "reason=x")
                .is(404);
        ada.post(path("/events/" + event + "/redeliver")).is(400).shows("reason must be given");
        ada.post("/operator/payments/events/evt_nothing/retry", "reason=x").is(404);
        ada.post("/operator/keys/key_nothing/revoke", "reason=x").is(404);
        ada.post("/operator/keys", "name=x", "scope_read=yes", "account_id=nobody-at-all")
                .is(404);
        customer.close("").is(200);
        ada.post(path("/grants/new"), "kind=promotional", "credits=5", "reason=x", "confirmed=yes", "key=k")
                .is(409);

        assertThat(recorded()).isEmpty();
    }

    @Test
    void whatCannotBeRecordedIsNotDone() {
        execute("ALTER TABLE operator_action ADD CONSTRAINT none_of_hers CHECK (author_name <> '" + name + "')");
        try {
            assertThat(ada.post(
                                    path("/grants/new"),
                                    "kind=promotional",
                                    "credits=5",
                                    "reason=x",
                                    "confirmed=yes",
                                    "key=k")
                            .status())
                    .isGreaterThanOrEqualTo(500);
        } finally {
            execute("ALTER TABLE operator_action DROP CONSTRAINT none_of_hers");
        }
        assertThat(customer.balance().at("balance")).isEqualTo("100");
    }

    @Test
    void theReasonGoesWithTheAccountsTextsAndTheActionStays() {
        ada.post(path("/grants/new"), "kind=promotional", "credits=5", "reason=Jo asked", "confirmed=yes", "key=k")
                .is(303);
        customer.close("").is(200);
        Customer.post(customer.path("/erasure"), "").is(200);

        assertThat(recorded()).hasSize(1);
        assertThat(last()).startsWith("granted " + customer.id).endsWith(" null true");
    }

    @Test
    void theListGoesOnPageByPage() {
        execute("INSERT INTO operator_action (action_id, begun_at, author_id, author_name, kind, done_at) SELECT"
                + " ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, now(), 'key_" + name.hashCode()
                + "', '" + name + "', 'renewed', CASE WHEN n > 1 THEN now() END FROM generate_series(1, 51) n");
        Shown first = ada.get("/operator/actions?key=key_" + name.hashCode())
                .is(200)
                .shows("Older ones")
                .showsNot("outcome unknown");
        String next = first.body()
                .replaceAll("(?s).*<a href=\"([^\"]*cursor=[^\"]*)\".*", "$1")
                .replace("&amp;", "&");

        ada.get(next).is(200).shows("renewed outcome unknown").showsNot("Older ones");
        ada.get("/operator/actions?cursor=nonsense").is(400);
        execute("DELETE FROM operator_action WHERE author_name = '" + name + "'");
    }
}
