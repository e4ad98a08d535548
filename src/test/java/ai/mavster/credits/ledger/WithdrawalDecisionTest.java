package ai.mavster.credits.ledger;

import static ai.mavster.credits.ledger.Samples.NOW;
import static ai.mavster.credits.ledger.Samples.account;
import static ai.mavster.credits.ledger.Samples.grant;
import static ai.mavster.credits.ledger.Samples.topUp;
import static ai.mavster.credits.ledger.posting.GrantKind.MONTHLY;
import static ai.mavster.credits.ledger.posting.GrantKind.PROMOTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.posting.Texts;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What voids and adjustments below zero come to, without clock or database. */
class WithdrawalDecisionTest {

    /** A monthly 10 (grant 1), a top-up of 5 (grant 2), one that is used up (grant 3). */
    private static AccountState threeGrants(String held) {
        return account(Credits.parse(held), grant(1, MONTHLY, "10", NOW.plusSeconds(60)), topUp(2, "5"), topUp(3, "0"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # held, grant, asked, taken back, or what could have been of what is left
            0,        1, ,          1:-10
            0,        1, 10,        1:-10
            0,        1, 10.000001, 10 of 10
            0,        1, 0.000001,  1:-0.000001
            0,        2, ,          2:-5
            0,        2, 5.000001,  5 of 5
            0,        3, ,          0 of 0
            0,        3, 0.000001,  0 of 0
            5,        1, ,          1:-10
            5.000001, 1, ,          1:-9.999999
            5.000001, 1, 10,        9.999999 of 10
            10,       2, ,          2:-5
            12,       2, ,          2:-3
            12,       2, 3,         2:-3
            12,       2, 3.000001,  3 of 5
            14.999999, 1, ,         1:-0.000001
            15,       1, ,          0 of 10
            15,       2, 0.000001,  0 of 5
            """)
    void aVoidTakesWhatIsLeftOfItsGrantAndNotHeld(String held, int grant, @Nullable String asked, String expected) {
        assertThat(voided(threeGrants(held), grant, asked)).isEqualTo(expected);
    }

    /** Grant 1 expired a second ago, and a hold of 50 has kept 30 of it; grant 2 came in since. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # grant, asked, taken back, or what could have been of what is left
            1, ,          0 of 30
            1, 0.000001,  0 of 30
            2, ,          2:-80
            2, 80,        2:-80
            2, 80.000001, 80 of 100
            """)
    void whatAHoldHasKeptIsNotTakenBack(int grant, @Nullable String asked, String expected) {
        AccountState account =
                account(Credits.of(50), topUp(2, "100"), grant(1, PROMOTIONAL, "30", NOW.minusSeconds(1)));
        account.turnTo(NOW);

        assertThat(voided(account, grant, asked)).isEqualTo(expected);
    }

    private static String voided(AccountState account, int grant, @Nullable String asked) {
        Credits credits = asked == null ? null : Credits.parse(asked);
        Correction.Withdrawal command =
                new Correction.Withdrawal("acct", "key", Samples.id(grant), credits, Texts.note("why"), Author.NOBODY);
        return CorrectionDecision.withdrawal(account, command).fold(WithdrawalDecisionTest::text, refusal -> {
            assertThat(refusal.code()).isEqualTo(Refusal.Code.VOID_EXCEEDS_GRANT);
            assertThat(refusal.members()).containsEntry("grant_credits", Credits.of(1_000_000));
            return refusal.members().get("voidable") + " of "
                    + refusal.members().get("remaining");
        });
    }

    @Test
    void whatTheAccountWasNeverGrantedCannotBeVoided() {
        Correction.Withdrawal command =
                new Correction.Withdrawal("acct", "key", Samples.id(4), null, Texts.note("why"), Author.NOBODY);

        assertThat(CorrectionDecision.withdrawal(threeGrants("0"), command)
                        .<String>fold(
                                WithdrawalDecisionTest::text,
                                refusal -> refusal.code().id()))
                .isEqualTo("grant_not_found");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # held, asked, taken, or what is available
            0,         3,         1:-3
            0,         10.000001, 1:-10 2:-0.000001
            0,         15,        1:-10 2:-5
            0,         15.000001, 15 of 15
            4,         11,        1:-10 2:-1
            4,         11.000001, 11 of 15
            14.999999, 0.000001,  1:-0.000001
            15,        0.000001,  0 of 15
            """)
    void anAdjustmentTakesWhatWouldBeSpentNext(String held, String asked, String expected) {
        assertThat(adjusted(threeGrants(held), asked)).isEqualTo(expected);
    }

    @Test
    void anAdjustmentLeavesWhatAHoldHasKept() {
        AccountState account =
                account(Credits.of(50), topUp(2, "100"), grant(1, PROMOTIONAL, "30", NOW.minusSeconds(1)));
        account.turnTo(NOW);

        assertThat(adjusted(account, "80")).isEqualTo("2:-80");
        assertThat(adjusted(account, "80.000001")).isEqualTo("80 of 130");
    }

    private static String adjusted(AccountState account, String asked) {
        Correction.Withdrawal command =
                new Correction.Withdrawal("acct", "key", null, Credits.parse(asked), Texts.note("why"), Author.NOBODY);
        return CorrectionDecision.withdrawal(account, command).fold(WithdrawalDecisionTest::text, refusal -> {
            assertThat(refusal.code()).isEqualTo(Refusal.Code.ADJUSTMENT_EXCEEDS_AVAILABLE);
            assertThat(refusal.members())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "account_id", "acct",
                            "balance", account.balance(),
                            "held", account.held(),
                            "available", account.available(),
                            "owed", account.owed()));
            return account.available() + " of " + account.balance();
        });
    }

    private static String text(Decision.Effect effect) {
        assertThat(effect.captures()).isEmpty();
        return Samples.text(effect.movements());
    }

    @Test
    void theRefusalSaysWhatIsMissingInWords() {
        assertThat(detail(threeGrants("12"), Samples.id(2), "4"))
                .isEqualTo("Of this grant 3 credits can be taken back, not 4. 2 are held until runs end.");
        assertThat(detail(threeGrants("0"), Samples.id(3), "4"))
                .isEqualTo("Nothing is left of this grant to take back.");
        assertThat(detail(threeGrants("14"), null, "4"))
                .isEqualTo("This takes 4 credits; 1 is available. 14 are held until runs end.");
    }

    private static String detail(AccountState account, @Nullable UUID grantId, String asked) {
        Correction.Withdrawal command = new Correction.Withdrawal(
                "acct", "key", grantId, Credits.parse(asked), Texts.note("why"), Author.NOBODY);
        return CorrectionDecision.withdrawal(account, command).fold(WithdrawalDecisionTest::text, Refusal::detail);
    }
}
