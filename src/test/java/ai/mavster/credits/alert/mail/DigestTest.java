package ai.mavster.credits.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mail says. */
class DigestTest {

    private static final Instant AT = Instant.parse("2026-11-21T18:39:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Waiting waiting(Notice notice) {
        return new Waiting("acct_7", "", new UUID(0, 0), notice, AT, BERLIN, AT);
    }

    private static Notice budget(Notice.Kind kind, String scope, String scopeId, String threshold) {
        return new Notice(
                kind,
                scope,
                scopeId,
                threshold == null ? null : new BigDecimal(threshold),
                Credits.parse("451"),
                Credits.parse("500"),
                Instant.parse("2026-11-30T23:00:00Z"));
    }

    private static Notice recharge(Notice.Kind kind, String link) {
        return new Notice(
                kind,
                null,
                null,
                null,
                Credits.parse("451"),
                Credits.parse("500"),
                Instant.parse("2026-11-30T23:00:00Z"),
                link);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(
                        budget(Notice.Kind.PLAN_THRESHOLD, null, null, "90.000"),
                        "90 % of the plan's credits are used",
                        "90 % of the plan's credits are used: 451 of 500 credits"),
                Arguments.of(
                        budget(Notice.Kind.BUDGET_THRESHOLD, "account", null, "100"),
                        "100 % of the account's budget is used",
                        "100 % of the account's budget is used: 451 of 500 credits"),
                Arguments.of(
                        budget(Notice.Kind.BUDGET_THRESHOLD, "project", "checkout", "62.5"),
                        "62.5 % of the budget of project checkout is used",
                        "62.5 % of the budget of project checkout is used: 451 of 500 credits"),
                Arguments.of(
                        budget(Notice.Kind.BUDGET_EXCEEDED, "workspace", "w", null),
                        "the budget of workspace w is used up",
                        "the budget of workspace w is used up, 500 credits; what costs more is refused until 1 Dec 2026, 00:00"),
                Arguments.of(Notice.exhausted(), "no credits are available", "no credits are available any more"),
                Arguments.of(
                        recharge(Notice.Kind.RECHARGE_FAILED, null),
                        "a recharge has failed",
                        "a recharge of 451 credits has failed; no other one is made until 1 Dec 2026, 00:00"),
                Arguments.of(
                        recharge(Notice.Kind.RECHARGE_SWITCHED_OFF, null),
                        "auto-recharge is switched off",
                        "a recharge of 451 credits has failed, and auto-recharge is switched off"),
                Arguments.of(
                        recharge(Notice.Kind.RECHARGE_LIMIT, null),
                        "auto-recharge has reached its limit",
                        "a recharge of 451 credits does not fit within the limit of 500 credits a month"),
                Arguments.of(
                        recharge(Notice.Kind.RECHARGE_CONFIRMATION, "https://payments.example.com/1"),
                        "a recharge has to be confirmed",
                        "the payment of a recharge of 451 credits has to be confirmed, at <https://payments.example.com/1>"),
                Arguments.of(
                        Notice.runningOut(Credits.parse("40.5"), Instant.parse("2026-11-24T09:05:00Z")),
                        "credits will run out before they are renewed",
                        "at the present rate the 40.5 credits that are available run out on 24 Nov 2026, 10:05, before they"
                                + " are renewed"),
                Arguments.of(
                        Notice.largeDebit(Credits.parse("12.5"), Credits.parse("10")),
                        "a large debit",
                        "a single debit took 12.5 credits, more than 10"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindIsSaidInWords(Notice notice, String subject, String line) {
        Digest digest = Digest.of("acct_7", null, List.of(waiting(notice)), 1);
        assertThat(digest.subject()).isEqualTo("acct_7: " + subject);
        assertThat(digest.account()).isEqualTo("acct_7");
        assertThat(digest.lines()).containsExactly("21 Nov 2026, 19:39: " + line + ".");
        assertThat(digest.more()).isZero();
    }

    /** What is like another is one line; so many are shown, and the others counted. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 0, ''",
        "9, 1, 9, 0, ', and 8 more'",
        "10, 3, 10, 0, ', and 9 more'",
        "12, 1, 10, 2, ', and 11 more'"
    })
    void ofManyTheNewestAreShown(int projects, int times, int lines, long more, String subject) {
        List<Waiting> mails = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            for (int project = 0; project < projects; project++) {
                mails.add(waiting(budget(Notice.Kind.BUDGET_THRESHOLD, "project", "p" + project, "50")));
            }
        }
        Digest digest = Digest.of("acct_7", "Example", mails, mails.size());
        assertThat(digest.lines()).hasSize(lines);
        assertThat(digest.lines().get(0)).endsWith(times == 1 ? "credits." : "credits. (" + times + " times)");
        assertThat(digest.more()).isEqualTo(more);
        assertThat(digest.subject()).isEqualTo("Example: 50 % of the budget of project p0 is used" + subject);
    }

    @Test
    void whatWasNotReadIsCountedToo() {
        Digest digest = Digest.of("acct_7", "Example", List.of(waiting(Notice.exhausted())), 5_000);
        assertThat(digest.more()).isEqualTo(4_999);
        assertThat(digest.subject()).isEqualTo("Example: no credits are available, and 4999 more");
    }

    @Test
    void aNameEndsNoHeaderAndFillsNone() {
        Digest digest =
                Digest.of("acct_7", "A\r\nBcc: all@example.com\n\n<b>", List.of(waiting(Notice.exhausted())), 1);
        assertThat(digest.subject()).isEqualTo("A Bcc: all@example.com <b>: no credits are available");
        assertThat(digest.account()).isEqualTo("A Bcc: all@example.com <b> (acct_7)");
        assertThat(Digest.of("acct_7", "x".repeat(200), List.of(waiting(Notice.exhausted())), 1)
                        .subject())
                .isEqualTo("x".repeat(60) + "…: no credits are available");
    }

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT2M", "3, PT4M", "6, PT32M", "7, PT1H", "8, PT1H", "1000, PT1H"})
    void attemptsBecomeMoreSeldom(int failed, Duration wait) {
        assertThat(Retries.after(failed)).isEqualTo(wait);
    }
}
