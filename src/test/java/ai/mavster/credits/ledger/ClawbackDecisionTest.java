package ai.mavster.credits.ledger;

import static ai.mavster.credits.ledger.Samples.NOW;
import static ai.mavster.credits.ledger.Samples.account;
import static ai.mavster.credits.ledger.Samples.grant;
import static ai.mavster.credits.ledger.Samples.id;
import static ai.mavster.credits.ledger.Samples.topUp;
import static ai.mavster.credits.ledger.posting.GrantKind.MONTHLY;
import static ai.mavster.credits.ledger.posting.GrantKind.PROMOTIONAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Texts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clawbacks come to, and how what they leave owed is settled: decided in memory, without database. */
class ClawbackDecisionTest {

    private static final Author CHARGED_BACK = new Author(Author.Type.JOB, "payments", "payments");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # left of the top-up, of a monthly grant, held, owed, claimed -> clawed back, balance, owed then
            0,          0,  0,         0, 100,            0 of 100 balance 0 owed 100
            0,          10, 0,         0, 100,            0 of 100 balance 10 owed 100
            0.000001,   0,  0,         0, 100,            0.000001 of 100 balance 0 owed 99.999999
            40,         0,  0,         0, 39.999999,      39.999999 of 39.999999 balance 0.000001 owed 0
            40,         0,  0,         0, 40,             40 of 40 balance 0 owed 0
            40,         0,  0,         0, 40.000001,      40 of 40.000001 balance 0 owed 0.000001
            40,         10, 0,         0, 100,            40 of 100 balance 10 owed 60
            40,         10, 10,        0, 100,            40 of 100 balance 10 owed 60
            40,         10, 10.000001, 0, 100,            39.999999 of 100 balance 10.000001 owed 60.000001
            40,         10, 49.999999, 0, 100,            0.000001 of 100 balance 49.999999 owed 99.999999
            40,         10, 50,        0, 100,            0 of 100 balance 50 owed 100
            40,         10, 50,        0, 0.000001,       0 of 0.000001 balance 50 owed 0.000001
            40,         0,  0,         5, 100,            40 of 100 balance 0 owed 65
            40,         0,  0,         5, 40,             40 of 40 balance 0 owed 5
            40,         0,  0,         0, 1000000,        40 of 1000000 balance 0 owed 999960
            40,         0,  0,         0, 1000000.000001, invalid credits
            40,         0,  0,         0, 0,              invalid credits
            40,         0,  0,         0, -1,             invalid credits
            """)
    void itTakesWhatIsLeftAndNotHeldAndTheRestIsOwed(
            String left, String monthly, String held, String owed, String claimed, String expected) {
        AccountState account =
                account(Credits.parse(held), topUp(1, left), grant(2, MONTHLY, monthly, NOW.plusSeconds(60)));
        account.owe(Credits.parse(owed));

        assertThat(clawedBack(account, 1, claimed)).isEqualTo(expected);
    }

    /** Of which a hold of 50 has kept all there is; nobody takes that. */
    @Test
    void ofAGrantThatHasExpiredAllIsOwed() {
        AccountState account =
                account(Credits.of(50), topUp(2, "100"), grant(1, PROMOTIONAL, "30", NOW.minusSeconds(1)));
        account.turnTo(NOW);

        assertThat(clawedBack(account, 1, "30")).isEqualTo("0 of 30 balance 130 owed 30");
        assertThat(clawedBack(account, 2, "30")).isEqualTo("30 of 30 balance 100 owed 30");
    }

    private static String clawedBack(AccountState account, int grant, String claimed) {
        try {
            Batch batch = Samples.batch(account);
            Outcome<Posting> outcome = batch.decide(clawback(grant, claimed));
            return outcome.fold(
                    (posting, replayed) -> {
                        assertThat(batch.journal().postings()).containsExactly(posting);
                        assertThat(posting.kind()).isEqualTo(PostingKind.CLAWBACK);
                        assertThat(posting.reverses()).isEqualTo(id(grant));
                        assertThat(posting.entries())
                                .extracting(Posting.Entry::grantId, Posting.Entry::credits)
                                .containsExactlyElementsOf(
                                        posting.credits().isZero()
                                                ? List.of()
                                                : List.of(tuple(
                                                        id(grant),
                                                        posting.credits().negated())));
                        assertThat(account.owed()).isEqualTo(posting.owed());
                        assertThat(account.balance()).isEqualTo(posting.balance());
                        return "%s of %s balance %s owed %s"
                                .formatted(posting.credits(), posting.requested(), posting.balance(), posting.owed());
                    },
                    refusal -> refusal.code().id());
        } catch (InvalidInput e) {
            return "invalid " + e.field();
        }
    }

    private static Correction.Clawback clawback(int grant, String claimed) {
        return new Correction.Clawback(
                "acct", null, id(grant), Credits.parse(claimed), Texts.note("refunded"), CHARGED_BACK);
    }

    @Test
    void aGrantThatTheAccountNeverHadIsRefusedOnceThatIsRead() {
        AccountState account = account(topUp(1, "5"));
        Batch batch = Samples.batch(account);

        assertThatThrownBy(() -> batch.decide(clawback(7, "5"))).isInstanceOf(Participant.NotRead.class);

        account.grants().absent(id(7));
        assertThat(code(batch.decide(clawback(7, "5")))).isEqualTo("grant_not_found");
        assertThat(code(batch.decide(reinstatement(7, "5")))).isEqualTo("grant_not_found");
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        AccountState account = account(topUp(1, "5"));
        account.owe(new Credits(Long.MAX_VALUE - 1));

        assertThat(code(Samples.batch(account).decide(clawback(1, "5.000002")))).isEqualTo("balance_limit_exceeded");
        assertThat(clawedBack(account, 1, "5.000001"))
                .isEqualTo("5 of 5.000001 balance 0 owed " + new Credits(Long.MAX_VALUE));
    }

    /** Though it would be settled at once. */
    @Test
    void whatComesInIsCountedBeforeItIsSettled() {
        AccountState account = account(topUp(1, "5"));
        account.owe(Credits.of(10));
        Credits room = new Credits(Long.MAX_VALUE).minus(Credits.of(5));

        assertThat(code(Samples.batch(account).decide(granting(GrantKind.TOP_UP, room.plus(new Credits(1)), null))))
                .isEqualTo("balance_limit_exceeded");
        assertThat(code(Samples.batch(account).decide(granting(GrantKind.TOP_UP, room, null))))
                .isEqualTo("accepted");
    }

    @Test
    void aClosedAccountIsLeftAsItIs() {
        AccountState account = account(topUp(1, "5"));
        account.close();
        Batch batch = Samples.batch(account);

        assertThat(code(batch.decide(clawback(1, "5")))).isEqualTo("account_closed");
        assertThat(code(batch.decide(reinstatement(1, "5")))).isEqualTo("account_closed");
        assertThat(account.owed()).isEqualTo(Credits.ZERO);
    }

    /** 10 are owed, and 3 were there before, of which settling takes nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what comes in -> what is posted, each with the balance and what is owed right after it
            TOP_UP 0.000001      | top_up 0.000001 (3, 9.999999); settlement 0.000001 (3, 9.999999)
            TOP_UP 9.999999      | top_up 9.999999 (3, 0.000001); settlement 9.999999 (3, 0.000001)
            TOP_UP 10            | top_up 10 (3, 0); settlement 10 (3, 0)
            TOP_UP 10.000001     | top_up 10.000001 (3.000001, 0); settlement 10 (3.000001, 0)
            TOP_UP 25            | top_up 25 (18, 0); settlement 10 (18, 0)
            MONTHLY 25           | monthly_grant 25 (18, 0); settlement 10 (18, 0)
            MONTHLY 5            | monthly_grant 5 (3, 5); settlement 5 (3, 5)
            PROMOTIONAL 25       | promotional 25 (18, 0); settlement 10 (18, 0)
            ADJUSTMENT 25        | adjustment 25 (18, 0); settlement 10 (18, 0)
            reinstatement 10     | reinstatement 10 (3, 0); settlement 10 (3, 0)
            reinstatement 25     | reinstatement 25 (18, 0); settlement 10 (18, 0)
            reversal 4           | reversal 4 (3, 6); settlement 4 (3, 6)
            reversal 20          | reversal 20 (13, 0); settlement 10 (13, 0)
            expired 25           | promotional 25 (3, 10); expiry 25 (3, 10)
            adjustment -1        | adjustment -1 (2, 10)
            void 3               | void 3 (0, 10)
            debit 3              | debit 3 (0, 10)
            """)
    void whateverComesInSettlesFirst(String incoming, String expected) {
        AccountState account = owing("10");

        assertThat(posted(account, incoming)).isEqualTo(expected);
    }

    @Test
    void withoutDebtNothingIsSettled() {
        assertThat(posted(owing("0"), "TOP_UP 25")).isEqualTo("top_up 25 (28, 0)");
        assertThat(posted(owing("0"), "reinstatement 25")).isEqualTo("reinstatement 25 (28, 0)");
    }

    /** A top-up of 3 (grant 1), and a debit that took 20 of a used up one (grant 2). */
    private static AccountState owing(String owed) {
        AccountState account = account(topUp(1, "3"), topUp(2, "0"));
        account.load(new ReversibleDebit(
                id(9), Purpose.NONE, NOW, List.of(new ReversibleDebit.Share(id(2), Credits.of(20), Credits.ZERO))));
        account.owe(Credits.parse(owed));
        return account;
    }

    private static String posted(AccountState account, String text) {
        int space = text.indexOf(' ');
        String what = text.substring(0, space);
        Credits credits = Credits.parse(text.substring(space + 1).replace("-", ""));
        Command<Posting> command = switch (what) {
            case "reinstatement" -> reinstatement(1, credits.toString());
            case "reversal" -> new Correction.Reversal("acct", null, id(9), credits, Texts.NONE, Author.NOBODY);
            case "void" -> new Correction.Withdrawal("acct", null, id(1), credits, Texts.NONE, Author.NOBODY);
            case "adjustment" -> new Correction.Withdrawal("acct", null, null, credits, Texts.NONE, Author.NOBODY);
            case "debit" -> Samples.debit(credits.toString());
            case "expired" -> granting(PROMOTIONAL, credits, NOW);
            default -> granting(GrantKind.valueOf(what), credits, NOW.plusSeconds(60));
        };
        Batch batch = Samples.batch(account);
        assertThat(code(batch.decide(command))).isEqualTo("accepted");
        return text(batch);
    }

    private static Command.Grant granting(GrantKind kind, Credits credits, @Nullable Instant expiresAt) {
        return new Command.Grant("acct", null, kind, credits, null, expiresAt, false, Texts.NONE, CHARGED_BACK);
    }

    private static Correction.Reinstatement reinstatement(int grant, String credits) {
        Money amount = new Money(new BigDecimal("4.90"), "EUR");
        return new Correction.Reinstatement(
                "acct", null, id(grant), Credits.parse(credits), amount, Texts.note("won"), CHARGED_BACK);
    }

    @Test
    void itIsTakenFromWhatCameInAndByItsAuthor() {
        AccountState account = owing("10");
        Batch batch = Samples.batch(account);

        batch.decide(granting(PROMOTIONAL, Credits.of(25), NOW.plusSeconds(60)));

        Posting came = batch.journal().postings().get(0);
        Posting settled = batch.journal().postings().get(1);
        assertThat(settled.entries())
                .extracting(Posting.Entry::grantId, Posting.Entry::seq)
                .containsExactly(tuple(came.postingId(), came.firstSeq() + 1));
        assertThat(settled.author()).isEqualTo(CHARGED_BACK);
        assertThat(settled.reverses()).isNull();
    }

    /** Last taken is given back first; what would be spent first settles. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # when the first of two grants expires, of each of which 6 are given back; owed -> settled of which
            60 | 4  | 1:-4
            60 | 6  | 1:-6
            60 | 8  | 1:-6 2:-2
            60 | 12 | 1:-6 2:-6
            60 | 15 | 1:-6 2:-6
            -1 | 4  | 2:-4
            -1 | 8  | 2:-6
            """)
    void aReversalSettlesByItsGrantsButForThoseThatHaveExpired(long seconds, String owed, String expected) {
        AccountState account =
                account(grant(1, PROMOTIONAL, "1", NOW.plusSeconds(seconds)), topUp(2, "1"), topUp(3, "100"));
        account.load(new ReversibleDebit(
                id(9),
                Purpose.NONE,
                NOW,
                List.of(
                        new ReversibleDebit.Share(id(1), Credits.of(6), Credits.ZERO),
                        new ReversibleDebit.Share(id(2), Credits.of(6), Credits.ZERO))));
        account.owe(Credits.parse(owed));
        Batch batch = Samples.batch(account);

        batch.decide(new Correction.Reversal("acct", null, id(9), null, Texts.NONE, Author.NOBODY));

        Posting settled = batch.journal().postings().stream()
                .filter(posting -> posting.kind() == PostingKind.SETTLEMENT)
                .findFirst()
                .orElseThrow();
        assertThat(settled.entries().stream()
                        .map(entry -> entry.grantId().getLeastSignificantBits() + ":" + entry.credits())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        assertThat(account.owed()).isEqualTo(Credits.parse(owed).minus(settled.credits()));
        assertThat(batch.journal().postings())
                .allSatisfy(posting -> assertThat(posting.held()).isEqualTo(Credits.ZERO))
                .last()
                .satisfies(posting -> assertThat(posting.balance()).isEqualTo(account.balance()));
    }

    /** What a hold lets go was there before. */
    @Test
    void aReleaseIsNoIncome() {
        AccountState account = account(topUp(1, "50"));
        Batch batch = Samples.batch(account);
        account.owe(Credits.of(10));
        Journal journal = batch.journal();

        Hold hold = journal.reserve(
                account,
                new Change.Reservation(Credits.of(40), Duration.ofHours(1), Purpose.NONE, List.of()),
                List.of());
        journal.release(account, hold, null);

        assertThat(journal.postings()).isEmpty();
        assertThat(account.owed()).isEqualTo(Credits.of(10));
        assertThat(account.available()).isEqualTo(Credits.of(50));
    }

    /** Held credits stay whole: only what came in is taken. */
    @Test
    void settlingLeavesWhatIsHeld() {
        AccountState account = account(Credits.of(3), topUp(1, "3"));
        account.owe(Credits.of(10));

        assertThat(posted(account, "TOP_UP 4")).isEqualTo("top_up 4 (3, 6); settlement 4 (3, 6)");
        assertThat(account.available()).isEqualTo(Credits.ZERO);
    }

    private static <A> String code(Outcome<A> outcome) {
        return outcome.fold(
                (answer, replayed) -> "accepted", refusal -> refusal.code().id());
    }

    private static String text(Batch batch) {
        return batch.journal().postings().stream()
                .map(posting -> "%s %s (%s, %s)"
                        .formatted(posting.kind().id(), posting.credits(), posting.balance(), posting.owed()))
                .collect(Collectors.joining("; "));
    }
}
