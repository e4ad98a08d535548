package ai.mavster.credits.subscription.terms;

import static ai.mavster.credits.subscription.terms.Subscribed.BASIC;
import static ai.mavster.credits.subscription.terms.Subscribed.FEBRUARY;
import static ai.mavster.credits.subscription.terms.Subscribed.JANUARY;
import static ai.mavster.credits.subscription.terms.Subscribed.MARCH;
import static ai.mavster.credits.subscription.terms.Subscribed.at;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Due;
import ai.mavster.credits.subscription.terms.SubscriptionDecision.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Months that are granted as they are paid, of a subscription that begins on 10 January 2026. */
class PaidTimeTest {

    private static ProviderSubscription provider(Instant fetchedAt, PaidTime paid) {
        return new ProviderSubscription("sub_1", JANUARY, fetchedAt, paid);
    }

    private static Request state(SubscriptionStatus status, ProviderSubscription provider) {
        return new Request(
                "acct", "basic", null, status, JANUARY, ZoneOffset.UTC, false, PlanChange.NEXT_RENEWAL, null, provider);
    }

    private static Subscription paid(String from, String until, String day) {
        Request request = state(SubscriptionStatus.ACTIVE, provider(at(day), new PaidTime(at(from), at(until))));
        return SubscriptionDecision.change(null, request, BASIC, ZoneOffset.UTC, at(day));
    }

    /** In January, as it begins. */
    @ParameterizedTest
    @CsvSource({
        // nothing yet
        "2026-01-10, 2026-01-10, false",
        // a trial, that begins after the month that is counted back from its end
        "2026-01-20, 2026-02-10, true",
        "2026-01-10, 2026-02-10, true",
        "2026-01-10, 2027-01-10, true",
        // the month after, and the one before
        "2026-02-10, 2026-03-10, false",
        "2025-12-10, 2026-01-10, false",
    })
    void theFirstMonthIsGrantedOncePaid(String from, String until, boolean granted) {
        assertThat(SubscriptionDecision.grants(paid(from, until, "2026-01-10"), JANUARY))
                .isEqualTo(granted);
    }

    /** From January on, which is granted: whether February is entered on a day, and granted. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-10, 2026-02-10, 2026-02-10, NOTHING,",
        "2026-01-10, 2026-02-10, 2026-03-20, NOTHING,",
        "2026-01-10, 2026-03-10, 2026-02-09, NOTHING,",
        "2026-01-10, 2026-03-10, 2026-02-10, RENEWAL, true",
        // late
        "2026-01-10, 2026-03-10, 2026-03-20, RENEWAL, true",
        "2026-01-10, 2027-01-10, 2026-02-10, RENEWAL, true",
        // February was never paid, and March is: it is entered on the way, and grants nothing
        "2026-03-10, 2026-04-10, 2026-03-10, RENEWAL, false",
    })
    void theNextMonthWaitsToBePaid(String from, String until, String day, Due due, Boolean granted) {
        Subscription january = paid(from, until, "2026-01-10").granted(JANUARY);
        RenewalDecision decided = RenewalDecision.decide(january, Credits.ZERO, at(day), at(day));
        assertThat(decided.due()).isEqualTo(due);
        if (due == Due.RENEWAL) {
            assertThat(decided.after().period().start()).isEqualTo(FEBRUARY);
            assertThat(decided.grant() != null).isEqualTo(granted);
        }
    }

    /** It goes on by the next one. */
    @Test
    void aMonthThatWasLeftOutLeadsToTheNext() {
        Subscription february = RenewalDecision.decide(
                        paid("2026-03-10", "2026-04-10", "2026-01-10").granted(JANUARY), Credits.ZERO, MARCH, MARCH)
                .after();
        RenewalDecision march = RenewalDecision.decide(february, Credits.ZERO, MARCH, MARCH);
        assertThat(march.after().period().start()).isEqualTo(MARCH);
        assertThat(march.grant()).isNotNull();
        assertThat(SubscriptionDecision.due(march.after().granted(MARCH), at("2026-05-01")))
                .isEqualTo(Due.NOTHING);
    }

    /** What counts after a subscription of 10 January, fetched on 10 February. */
    @ParameterizedTest
    @CsvSource({
        // the same
        "sub_1, 2026-01-10, 2026-02-11, ACTIVE, ACTIVE, false",
        "sub_1, 2026-01-10, 2026-02-10, ACTIVE, CANCELED, false",
        "sub_1, 2026-01-10, 2026-02-09, ACTIVE, CANCELED, true",
        "sub_1, 2026-01-10, 2026-02-11, ACTIVE, CANCELED, false",
        "sub_1, 2026-01-10, 2026-02-11, CANCELED, ACTIVE, false",
        // a newer one takes over, and an older one only what has ended
        "sub_2, 2026-01-20, 2026-02-09, ACTIVE, ACTIVE, false",
        "sub_2, 2026-01-05, 2026-02-11, ACTIVE, ACTIVE, true",
        "sub_2, 2026-01-05, 2026-02-11, CANCELED, ACTIVE, false",
        "sub_2, 2026-01-05, 2026-02-11, PAST_DUE, ACTIVE, true",
        // no other one ends it
        "sub_2, 2026-01-20, 2026-02-11, ACTIVE, CANCELED, true",
        "sub_2, 2026-01-05, 2026-02-11, CANCELED, CANCELED, true",
    })
    void whatIsStaleChangesNothing(
            String id,
            String createdOn,
            String fetchedOn,
            SubscriptionStatus before,
            SubscriptionStatus state,
            boolean stale) {
        Subscription known = SubscriptionDecision.change(
                null, state(before, provider(FEBRUARY, null)), BASIC, ZoneOffset.UTC, FEBRUARY);
        Request request = state(state, new ProviderSubscription(id, at(createdOn), at(fetchedOn), null));
        assertThat(request.isStale(known, at("2026-02-12"))).isEqualTo(stale);
        assertThat(request.isStale(known.drivenBy(null), at("2026-02-12"))).isFalse();
        assertThat(request.isStale(null, at("2026-02-12"))).isFalse();
    }
}
