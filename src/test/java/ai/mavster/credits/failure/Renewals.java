package ai.mavster.credits.failure;

import ai.mavster.credits.failure.Operation.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Opens accounts whose month ends within seconds, lets them spend, and has them renewed, at both replicas. */
final class Renewals {

    private final Caller caller;
    private final SplittableRandom random;
    private final List<String> accounts = new CopyOnWriteArrayList<>();
    private int opened;

    Renewals(Caller caller, SplittableRandom random) {
        this.caller = caller;
        this.random = random;
    }

    /** Those that were opened. */
    List<String> accounts() {
        return accounts;
    }

    void next(BooleanSupplier goOn) {
        String account = "failure-renewed-" + ++opened;
        Answer put = ask(new Operation(Kind.OTHER, account, "PUT", "/v1/accounts/" + account, null, "{}"), goOn);
        Answer subscribed = put.kind() != AnswerKind.DONE
                ? put
                : ask(
                        new Operation(
                                Kind.OTHER,
                                account,
                                "PUT",
                                "/v1/accounts/" + account + "/subscription",
                                null,
                                "{\"plan\": \"basic\", \"status\": \"active\", \"anchor\": \"" + anchor() + "\"}"),
                        goOn);
        if (subscribed.kind() == AnswerKind.DONE) {
            accounts.add(account);
            ask(
                    Operation.post(
                            Kind.DEBIT,
                            account,
                            "/debits",
                            "spent-" + opened,
                            "{\"credits\": " + random.nextInt(1, 3001) + "}"),
                    goOn);
        }
        renew(goOn);
    }

    /** What the cron job asks. */
    void renew(BooleanSupplier goOn) {
        ask(new Operation(Kind.OTHER, "", "POST", "/v1/renewals", null, "{}"), goOn);
    }

    private Answer ask(Operation operation, BooleanSupplier goOn) {
        return caller.ask(operation, random, goOn);
    }

    /** Some months before the next seconds, none of which is shortened by the end of a month. */
    private Instant anchor() {
        ZonedDateTime end = Instant.now()
                .plusSeconds(random.nextInt(2, 6))
                .truncatedTo(ChronoUnit.SECONDS)
                .atZone(ZoneOffset.UTC);
        int months = 1;
        while (!end.minusMonths(months).plusMonths(months).equals(end)) {
            months++;
        }
        return end.minusMonths(months).toInstant();
    }
}
