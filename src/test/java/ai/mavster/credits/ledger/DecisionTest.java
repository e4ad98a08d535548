package ai.mavster.credits.ledger;

import static ai.mavster.credits.ledger.GrantKind.MONTHLY;
import static ai.mavster.credits.ledger.GrantKind.PROMOTIONAL;
import static ai.mavster.credits.ledger.Samples.NOW;
import static ai.mavster.credits.ledger.Samples.account;
import static ai.mavster.credits.ledger.Samples.debit;
import static ai.mavster.credits.ledger.Samples.grant;
import static ai.mavster.credits.ledger.Samples.topUp;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Command.OnInsufficient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What debits, grants, reversals and expiry come to, without clock or database. */
class DecisionTest {

    private static final UUID DEBIT = new UUID(1, 1);
    private static final Refusal NO_SUBSCRIPTION = Refusal.of(Refusal.Code.SUBSCRIPTION_REQUIRED, "none");
    private static final Refusal OVER_BUDGET = Refusal.of(Refusal.Code.BUDGET_EXCEEDED, "over");

    /** Each account has a monthly 10 (grant 1) and a top-up of 5 (grant 2). */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # held, asked, on insufficient, charged from, or what is available
            0,  10,        REFUSE,         1:-10
            0,  15,        REFUSE,         1:-10 2:-5
            0,  15.000001, REFUSE,         short of 15
            0,  15.000001, TAKE_AVAILABLE, 1:-10 2:-5
            0,  1000000,   TAKE_AVAILABLE, 1:-10 2:-5
            0,  3,         TAKE_AVAILABLE, 1:-3
            0,  0,         REFUSE,         ''
            0,  0,         TAKE_AVAILABLE, ''
            4,  11,        REFUSE,         1:-10 2:-1
            4,  11.000001, REFUSE,         short of 11
            4,  12,        TAKE_AVAILABLE, 1:-10 2:-1
            15, 0.000001,  REFUSE,         short of 0
            15, 0.000001,  TAKE_AVAILABLE, short of 0
            15, 0,         REFUSE,         ''
            """)
    void aDebitTakesWhatIsAvailable(String held, String asked, OnInsufficient onInsufficient, String expected) {
        AccountState account = account(Credits.parse(held), grant(1, MONTHLY, "10", null), topUp(2, "5"));

        assertThat(text(decide(account, debit(asked, onInsufficient), List.of()), asked))
                .isEqualTo(expected);
    }

    private static String text(Decision.Decided decided, String asked) {
        if (decided instanceof Decision.Effect effect) {
            assertThat(effect.requested()).isEqualTo(Credits.parse(asked));
            return Samples.text(effect.movements());
        }
        Refusal refusal = ((Decision.Refused) decided).refusal();
        assertThat(refusal.code()).isEqualTo(Refusal.Code.INSUFFICIENT_CREDITS);
        Credits available = (Credits) refusal.members().get("available");
        assertThat(refusal.members())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "account_id",
                        "acct",
                        "required",
                        Credits.parse(asked),
                        "available",
                        available,
                        "shortfall",
                        Credits.parse(asked).minus(available)));
        return "short of " + available;
    }

    @Test
    void aFreeActionPassesAtBalanceZeroUnlessSomebodyObjects() {
        assertThat(decide(account(), debit("0"), List.of()))
                .isEqualTo(new Decision.Effect(Credits.ZERO, Credits.ZERO, List.of()));
        assertThat(decide(account(), debit("0"), List.of(NO_SUBSCRIPTION)))
                .isEqualTo(new Decision.Refused(NO_SUBSCRIPTION));
    }

    /** Whatever the order in which participants are asked. */
    @Test
    void ofSeveralReasonsTheFirstOfSubscriptionCreditsBudgetIsNamed() {
        for (int seed = 0; seed < 10; seed++) {
            List<Refusal> both = new ArrayList<>(List.of(NO_SUBSCRIPTION, OVER_BUDGET));
            Collections.shuffle(both, new Random(seed));
            assertThat(code(decide(account(), debit("1"), both))).isEqualTo(Refusal.Code.SUBSCRIPTION_REQUIRED);
        }
        List<Refusal> budget = List.of(OVER_BUDGET);
        assertThat(code(decide(account(), debit("1"), budget))).isEqualTo(Refusal.Code.INSUFFICIENT_CREDITS);
        assertThat(code(decide(account(topUp(1, "1")), debit("1"), budget))).isEqualTo(Refusal.Code.BUDGET_EXCEEDED);
        assertThat(code(decide(account(), debit("1", OnInsufficient.TAKE_AVAILABLE), budget)))
                .isEqualTo(Refusal.Code.INSUFFICIENT_CREDITS);
    }

    @Test
    void theRefusalSaysWhatIsMissingInWords() {
        Refusal refusal = ((Decision.Refused) decide(account(topUp(1, "3.5")), debit("12"), List.of())).refusal();

        assertThat(refusal.detail()).isEqualTo("This needs 12 credits; 3.5 are available. Top up to go on.");
    }

    /** The debit took 6 of grant 1 and then 4 of grant 2; {@code earlier} was given back before. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # earlier, asked, given back, or what could have been
            0,   ,          2:4 1:6
            0,   10,        2:4 1:6
            0,   4,         2:4
            0,   3.5,       2:3.5
            0,   4.000001,  2:4 1:0.000001
            0,   10.000001, of 10 is left 10
            3,   ,          2:1 1:6
            3,   1,         2:1
            3,   7.000001,  of 10 is left 7
            4,   ,          1:6
            5,   5,         1:5
            9.5, ,          1:0.5
            10,  ,          of 10 is left 0
            10,  0.000001,  of 10 is left 0
            """)
    void aReversalGivesBackToWhatWasTakenLast(String earlier, String asked, String expected) {
        AccountState account = account(topUp(1, "1"), topUp(2, "0"));
        ReversibleDebit debit = new ReversibleDebit(
                DEBIT,
                Purpose.NONE,
                List.of(
                        new ReversibleDebit.Share(Samples.id(1), Credits.of(6), Credits.ZERO),
                        new ReversibleDebit.Share(Samples.id(2), Credits.of(4), Credits.ZERO)));
        account.load(debit.after(debit.giveBack(Credits.parse(earlier))));

        Decision.Decided decided = Decision.reversal(account, reversal(asked == null ? null : Credits.parse(asked)));

        assertThat(
                        decided instanceof Decision.Effect effect
                                ? Samples.text(effect.movements())
                                : exceeding(((Decision.Refused) decided).refusal()))
                .isEqualTo(expected);
    }

    private static Command.Reversal reversal(Credits credits) {
        return new Command.Reversal("acct", "key", DEBIT, credits, "why");
    }

    private static String exceeding(Refusal refusal) {
        assertThat(refusal.code()).isEqualTo(Refusal.Code.REVERSAL_EXCEEDS_DEBIT);
        Credits taken = (Credits) refusal.members().get("debit_credits");
        Credits left = (Credits) refusal.members().get("reversible");
        assertThat(refusal.members().get("reversed")).isEqualTo(taken.minus(left));
        return "of " + taken + " is left " + left;
    }

    @Test
    void whatTheAccountNeverDebitedCannotBeReversed() {
        assertThat(code(Decision.reversal(account(), reversal(null)))).isEqualTo(Refusal.Code.DEBIT_NOT_FOUND);
    }

    @Test
    void aFreeDebitHasNothingToGiveBack() {
        AccountState account = account();
        account.load(new ReversibleDebit(DEBIT, Purpose.NONE, List.of()));

        assertThat(code(Decision.reversal(account, reversal(null)))).isEqualTo(Refusal.Code.REVERSAL_EXCEEDS_DEBIT);
    }

    /** Grant 1 (10) expires now, grant 2 (20) a moment later, grant 3 (30) never. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # nanoseconds before or after, held, what expires
            -1, 0,  ''
            0,  0,  1:-10
            1,  0,  1:-10 2:-20
            0,  50, 1:-10
            0,  51, 1:-9
            0,  60, ''
            1,  35, 1:-10 2:-15
            1,  55, 1:-5
            """)
    void whatHasExpiredGoesUnlessAHoldReservesIt(long nanos, String held, String expired) {
        AccountState account = account(
                Credits.parse(held),
                topUp(3, "30"),
                grant(2, MONTHLY, "20", NOW.plusNanos(1)),
                grant(1, PROMOTIONAL, "10", NOW));

        assertThat(Samples.text(Decision.expire(account, NOW.plusNanos(nanos)))).isEqualTo(expired);
        assertThat(account.expiringBy(NOW.plusNanos(nanos)).isZero()).isEqualTo(expired.isEmpty());
    }

    @Test
    void whatCouldNotBeCountedIsRefused() {
        OpenGrant most = new OpenGrant(
                Samples.id(1), GrantKind.TOP_UP, new Credits(Long.MAX_VALUE), new Credits(Long.MAX_VALUE - 5), null, 1);
        AccountState account = account(most);
        account.load(new ReversibleDebit(
                DEBIT, Purpose.NONE, List.of(new ReversibleDebit.Share(Samples.id(1), Credits.of(1), Credits.ZERO))));

        assertThat(Decision.grant(account, bought(new Credits(5)))).isInstanceOf(Decision.Effect.class);
        assertThat(code(Decision.grant(account, bought(new Credits(6)))))
                .isEqualTo(Refusal.Code.BALANCE_LIMIT_EXCEEDED);
        assertThat(Decision.reversal(account, reversal(new Credits(5)))).isInstanceOf(Decision.Effect.class);
        assertThat(code(Decision.reversal(account, reversal(new Credits(6)))))
                .isEqualTo(Refusal.Code.BALANCE_LIMIT_EXCEEDED);
    }

    private static Command.Grant bought(Credits credits) {
        return new Command.Grant("acct", "key", GrantKind.TOP_UP, credits, null, null, null);
    }

    private static Refusal.Code code(Decision.Decided decided) {
        return ((Decision.Refused) decided).refusal().code();
    }

    private static Decision.Decided decide(AccountState account, Command.Debit debit, List<Refusal> objections) {
        return Decision.debit(account, debit, Objects.requireNonNull(debit.credits()), Credits.ZERO, objections);
    }

    /** What is reserved for a debit counts as available to it, and is drawn on first. */
    @ParameterizedTest
    @CsvSource({
        // balance, held, reserved for it, asked, captured; none: refused
        "100, 0, 0, 100, 0",
        "100, 60, 60, 40, 40",
        "100, 60, 60, 60, 60",
        "100, 60, 60, 100, 60",
        "100, 60, 60, 100.000001,",
        "100, 60, 20, 60, 20",
        "100, 60, 20, 60.000001,",
        "100, 100, 100, 0, 0",
        "100, 100, 0, 0.000001,"
    })
    void aDebitDrawsFirstOnWhatIsReservedForIt(
            String balance, String held, String reserved, String asked, String captured) {
        AccountState account = account(Credits.parse(held), topUp(1, balance));
        Command.Debit debit = debit(asked);

        Credits drawn = Decision.debit(account, debit, Credits.parse(asked), Credits.parse(reserved), List.of())
                .fold(Decision.Effect::captured, refusal -> null);

        assertThat(drawn).isEqualTo(captured == null ? null : Credits.parse(captured));
    }
}
