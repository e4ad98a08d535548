package ai.mavster.credits.ledger;

import static ai.mavster.credits.ledger.Samples.account;
import static ai.mavster.credits.ledger.Samples.debit;
import static ai.mavster.credits.ledger.Samples.grant;
import static ai.mavster.credits.ledger.Samples.topUp;
import static ai.mavster.credits.ledger.posting.GrantKind.MONTHLY;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Command.OnInsufficient;
import ai.mavster.credits.ledger.Participant.Limit;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What debits, grants and reversals come to, without clock or database. */
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
    void aFreeActionPassesAtBalanceZeroUnlessNothingMayPass() {
        assertThat(decide(account(), debit("0"), List.of()))
                .isEqualTo(new Decision.Effect(Credits.ZERO, List.of(), List.of()));
        assertThat(decide(account(), debit("0"), List.of(new Limit(Credits.ZERO, OVER_BUDGET))))
                .isEqualTo(new Decision.Effect(Credits.ZERO, List.of(), List.of()));
        assertThat(decide(account(), debit("0"), List.of(Limit.nothing(NO_SUBSCRIPTION))))
                .isEqualTo(new Decision.Refused(NO_SUBSCRIPTION));
    }

    /** Whatever the order in which participants are asked. */
    @Test
    void ofSeveralReasonsTheFirstOfSubscriptionCreditsBudgetIsNamed() {
        for (int seed = 0; seed < 10; seed++) {
            List<Limit> both =
                    new ArrayList<>(List.of(Limit.nothing(NO_SUBSCRIPTION), new Limit(Credits.ZERO, OVER_BUDGET)));
            Collections.shuffle(both, new Random(seed));
            assertThat(code(decide(account(), debit("1"), both))).isEqualTo(Refusal.Code.SUBSCRIPTION_REQUIRED);
        }
        List<Limit> budget = List.of(new Limit(Credits.ZERO, OVER_BUDGET));
        assertThat(code(decide(account(), debit("1"), budget))).isEqualTo(Refusal.Code.INSUFFICIENT_CREDITS);
        assertThat(code(decide(account(topUp(1, "1")), debit("1"), budget))).isEqualTo(Refusal.Code.BUDGET_EXCEEDED);
        assertThat(code(decide(account(), debit("1", OnInsufficient.TAKE_AVAILABLE), budget)))
                .isEqualTo(Refusal.Code.INSUFFICIENT_CREDITS);
    }

    /** An account of 10, and limits that let so much pass. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # limits, asked, on insufficient, charged from, or the code
            6,      6,        REFUSE,         1:-6
            6,      6.000001, REFUSE,         BUDGET_EXCEEDED
            6,      20,       REFUSE,         INSUFFICIENT_CREDITS
            6,      20,       TAKE_AVAILABLE, 1:-6
            7 3,    20,       TAKE_AVAILABLE, 1:-3
            30,     20,       TAKE_AVAILABLE, 1:-10
            0,      20,       TAKE_AVAILABLE, INSUFFICIENT_CREDITS
            0,      5,        TAKE_AVAILABLE, BUDGET_EXCEEDED
            -1,     5,        TAKE_AVAILABLE, BUDGET_EXCEEDED
            -1,     0,        REFUSE,         BUDGET_EXCEEDED
            """)
    void aDebitTakesWhatTheTightestLimitLetsPass(
            String limits, String asked, OnInsufficient onInsufficient, String expected) {
        List<Limit> all = Arrays.stream(limits.split(" "))
                .map(most -> new Limit(Credits.parse(most), OVER_BUDGET))
                .toList();

        assertThat(decide(account(topUp(1, "10")), debit(asked, onInsufficient), all)
                        .<String>fold(
                                effect -> Samples.text(effect.movements()),
                                refusal -> refusal.code().name()))
                .isEqualTo(expected);
    }

    @Test
    void theRefusalSaysWhatIsMissingInWords() {
        Refusal refusal = ((Decision.Refused) decide(account(topUp(1, "3.5")), debit("12"), List.of())).refusal();

        assertThat(refusal.detail()).isEqualTo("This needs 12 credits; 3.5 are available.");
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
                Instant.EPOCH,
                List.of(
                        new ReversibleDebit.Share(Samples.id(1), Credits.of(6), Credits.ZERO),
                        new ReversibleDebit.Share(Samples.id(2), Credits.of(4), Credits.ZERO)));
        account.load(debit.after(debit.giveBack(Credits.parse(earlier))));

        Decision.Decided decided =
                CorrectionDecision.reversal(account, reversal(asked == null ? null : Credits.parse(asked)));

        assertThat(
                        decided instanceof Decision.Effect effect
                                ? Samples.text(effect.movements())
                                : exceeding(((Decision.Refused) decided).refusal()))
                .isEqualTo(expected);
    }

    private static Correction.Reversal reversal(Credits credits) {
        return new Correction.Reversal("acct", "key", DEBIT, credits, Texts.note("why"), TestAccounts.AUTHOR);
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
        assertThat(code(CorrectionDecision.reversal(account(), reversal(null))))
                .isEqualTo(Refusal.Code.DEBIT_NOT_FOUND);
    }

    @Test
    void aFreeDebitHasNothingToGiveBack() {
        AccountState account = account();
        account.load(new ReversibleDebit(DEBIT, Purpose.NONE, Instant.EPOCH, List.of()));

        assertThat(code(CorrectionDecision.reversal(account, reversal(null))))
                .isEqualTo(Refusal.Code.REVERSAL_EXCEEDS_DEBIT);
    }

    @Test
    void whatCouldNotBeCountedIsRefused() {
        OpenGrant most = new OpenGrant(
                Samples.id(1), GrantKind.TOP_UP, new Credits(Long.MAX_VALUE), new Credits(Long.MAX_VALUE - 5), null, 1);
        AccountState account = account(most);
        account.load(new ReversibleDebit(
                DEBIT,
                Purpose.NONE,
                Instant.EPOCH,
                List.of(new ReversibleDebit.Share(Samples.id(1), Credits.of(1), Credits.ZERO))));

        assertThat(Decision.grant(account, bought(new Credits(5)))).isInstanceOf(Decision.Effect.class);
        assertThat(code(Decision.grant(account, bought(new Credits(6)))))
                .isEqualTo(Refusal.Code.BALANCE_LIMIT_EXCEEDED);
        assertThat(CorrectionDecision.reversal(account, reversal(new Credits(5))))
                .isInstanceOf(Decision.Effect.class);
        assertThat(code(CorrectionDecision.reversal(account, reversal(new Credits(6)))))
                .isEqualTo(Refusal.Code.BALANCE_LIMIT_EXCEEDED);
    }

    private static Command.Grant bought(Credits credits) {
        return TestAccounts.topUp("acct", "key", credits);
    }

    private static Refusal.Code code(Decision.Decided decided) {
        return ((Decision.Refused) decided).refusal().code();
    }

    private static Decision.Decided decide(AccountState account, Command.Debit debit, List<Limit> limits) {
        Participant.Charge charge =
                new Participant.Charge(Purpose.NONE, Objects.requireNonNull(debit.credits()), List.of());
        return Decision.debit(account, charge, debit.onInsufficient(), limits);
    }

    /** What is reserved for a debit counts as available to it, and is drawn on first, nearest hold first. */
    @ParameterizedTest
    @CsvSource({
        // balance, held, its holds, asked, captured of each; none: refused
        "100, 0, '', 100, ''",
        "100, 60, 60, 40, 40",
        "100, 60, 60, 60, 60",
        "100, 60, 60, 100, 60",
        "100, 60, 60, 100.000001,",
        "100, 60, 20, 60, 20",
        "100, 60, 20, 60.000001,",
        "100, 60, 20 30, 10, 10",
        "100, 60, 20 30, 25, 20 5",
        "100, 60, 20 30, 90, 20 30",
        "100, 60, 20 30, 90.000001,",
        "100, 100, 100, 0, ''",
        "100, 100, '', 0.000001,"
    })
    void aDebitDrawsFirstOnWhatIsReservedForIt(
            String balance, String held, String holds, String asked, String captured) {
        AccountState account = account(Credits.parse(held), topUp(1, balance));
        List<Hold> own = Arrays.stream(holds.split(" "))
                .filter(amount -> !amount.isEmpty())
                .map(amount -> Samples.hold(amount.hashCode(), amount, 60))
                .toList();
        Participant.Charge charge = new Participant.Charge(Purpose.NONE, Credits.parse(asked), own);

        String drawn = Decision.debit(account, charge, OnInsufficient.REFUSE, List.of())
                .fold(
                        effect -> effect.captures().stream()
                                .map(capture -> capture.credits().toString())
                                .collect(Collectors.joining(" ")),
                        refusal -> null);

        assertThat(drawn).isEqualTo(captured);
    }
}
