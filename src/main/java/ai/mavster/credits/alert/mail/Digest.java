package ai.mavster.credits.alert.mail;

import ai.mavster.credits.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says: so much of what waits as is good to read, the same said once. Pure.
 *
 * @param subject one line, without anything that could end a header
 * @param account its name with its id, or its id
 * @param lines the newest first
 * @param more how many waited beside those
 */
record Digest(String subject, String account, List<String> lines, long more, ZoneId zone) {

    private static final int MOST = 10;
    private static final int MOST_OF_NAME = 60;
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

    static Digest of(String accountId, @Nullable String name, List<Waiting> newestFirst, long waiting) {
        List<Waiting> shown = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        long counted = 0;
        for (Waiting mail : newestFirst) {
            int same = same(shown, mail.notice());
            if (same >= 0) {
                times.set(same, times.get(same) + 1);
                counted++;
            } else if (shown.size() < MOST) {
                shown.add(mail);
                times.add(1L);
                counted++;
            }
        }
        Waiting first = shown.get(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            lines.add(line(shown.get(i), times.get(i)));
        }
        long others = shown.size() - 1 + waiting - counted;
        return new Digest(
                oneLine(shortened(name == null ? accountId : name) + ": " + heading(first.notice())
                        + (others == 0 ? "" : ", and %d more".formatted(others))),
                oneLine(name == null ? accountId : name + " (" + accountId + ")"),
                lines,
                waiting - counted,
                first.zone());
    }

    private static int same(List<Waiting> shown, Notice notice) {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).notice().isLike(notice)) {
                return i;
            }
        }
        return -1;
    }

    private static String line(Waiting mail, long times) {
        String when = at(mail.at(), mail.zone());
        return "%s: %s.%s"
                .formatted(
                        when, sentence(mail.notice(), mail.zone()), times == 1 ? "" : " (%d times)".formatted(times));
    }

    /** For the subject: what has happened, without figures. */
    private static String heading(Notice notice) {
        return switch (notice.kind()) {
            case PLAN_THRESHOLD -> percent(notice) + " of the plan's credits are used";
            case BUDGET_THRESHOLD -> percent(notice) + " of " + budget(notice) + " is used";
            case BUDGET_EXCEEDED -> budget(notice) + " is used up";
            case EXHAUSTED -> "no credits are available";
            case RUNNING_OUT -> "credits will run out before they are renewed";
            case LARGE_DEBIT -> "a large debit";
            case RECHARGE_FAILED -> "a recharge has failed";
            case RECHARGE_SWITCHED_OFF -> "auto-recharge is switched off";
            case RECHARGE_LIMIT -> "auto-recharge has reached its limit";
            case RECHARGE_CONFIRMATION -> "a recharge has to be confirmed";
        };
    }

    private static String sentence(Notice notice, ZoneId zone) {
        return switch (notice.kind()) {
            case PLAN_THRESHOLD, BUDGET_THRESHOLD ->
                "%s: %s of %s credits".formatted(heading(notice), notice.used(), notice.limit());
            case BUDGET_EXCEEDED ->
                "%s, %s credits; what costs more is refused%s"
                        .formatted(heading(notice), notice.limit(), until(notice, zone));
            case EXHAUSTED -> "no credits are available any more";
            case RUNNING_OUT ->
                "at the present rate the %s credits that are available run out on %s, before they are renewed"
                        .formatted(notice.limit(), at(Objects.requireNonNull(notice.until()), zone));
            case LARGE_DEBIT -> "a single debit took %s credits, more than %s".formatted(notice.used(), notice.limit());
            case RECHARGE_FAILED ->
                "a recharge of %s credits has failed; no other one is made%s"
                        .formatted(notice.used(), until(notice, zone));
            case RECHARGE_SWITCHED_OFF ->
                "a recharge of %s credits has failed, and auto-recharge is switched off".formatted(notice.used());
            case RECHARGE_LIMIT ->
                "a recharge of %s credits does not fit within the limit of %s credits a month"
                        .formatted(notice.used(), notice.limit());
            case RECHARGE_CONFIRMATION ->
                "the payment of a recharge of %s credits has to be confirmed%s"
                        .formatted(notice.used(), notice.link() == null ? "" : ", at <%s>".formatted(notice.link()));
        };
    }

    private static String budget(Notice notice) {
        return notice.scopeId() == null
                ? "the account's budget"
                : "the budget of %s %s".formatted(notice.scope(), notice.scopeId());
    }

    private static String percent(Notice notice) {
        BigDecimal plain = Objects.requireNonNull(Decimals.plain(notice.threshold()));
        return plain.toPlainString() + " %";
    }

    private static String until(Notice notice, ZoneId zone) {
        return notice.until() == null ? "" : " until " + at(notice.until(), zone);
    }

    private static String at(Instant instant, ZoneId zone) {
        return DAY_AND_TIME.format(instant.atZone(zone));
    }

    private static String shortened(String name) {
        int end = Math.min(name.length(), MOST_OF_NAME);
        return end == name.length() ? name : name.substring(0, end).stripTrailing() + "…";
    }

    /** Names have no control characters by the rules of the contract; a header is kept from them once more here. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
