package ai.mavster.credits.failure;

import ai.mavster.credits.failure.Operation.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What one caller asks for, one thing after another, at random. */
final class Steps {

    private final Caller caller;
    private final History history;
    private final SplittableRandom random;
    private final BooleanSupplier goOn;
    private final String name;
    private final AtomicInteger keys = new AtomicInteger();

    Steps(Caller caller, History history, SplittableRandom random, BooleanSupplier goOn) {
        this.caller = caller;
        this.history = history;
        this.random = random;
        this.goOn = goOn;
        this.name = UUID.randomUUID().toString();
    }

    private String key() {
        return name + "-" + keys.incrementAndGet();
    }

    void next(UsedAccount account) {
        int dice = random.nextInt(100);
        if (dice < 40) {
            debit(account, Kind.DEBIT, amount(20), ", \"project_id\": \"" + project(account) + "\"");
        } else if (dice < 50) {
            debit(account, Kind.TAKE_AVAILABLE, amount(60), ", \"on_insufficient\": \"take_available\"");
        } else if (dice < 70) {
            ask(Kind.TOP_UP, account, "/top-ups", "{\"credits\": " + amount(30) + "}");
        } else if (dice < 75) {
            promotion(account);
        } else if (dice < 83) {
            reversal(account);
        } else {
            run(account);
        }
    }

    private String project(UsedAccount account) {
        return account.projects.get(random.nextInt(account.projects.size()));
    }

    /** Whole credits, or with all the places after the point. */
    private String amount(int most) {
        long credits = random.nextInt(1, most + 1);
        return Amounts.text(credits * Amounts.CREDIT + (random.nextInt(3) == 0 ? random.nextLong(Amounts.CREDIT) : 0));
    }

    private Answer ask(Kind kind, UsedAccount account, String path, String body) {
        return caller.ask(Operation.post(kind, account.id, path, key(), body), random, goOn);
    }

    private void debit(UsedAccount account, Kind kind, String credits, String further) {
        Answer answer = ask(kind, account, "/debits", "{\"credits\": " + credits + further + "}");
        if (answer.kind() == AnswerKind.DONE) {
            account.debited(answer.body().path("id").asText());
        }
    }

    private void promotion(UsedAccount account) {
        Instant end = Instant.now()
                .plusSeconds(random.nextBoolean() ? random.nextInt(5, 60) : 86_400)
                .truncatedTo(ChronoUnit.SECONDS);
        ask(
                Kind.PROMOTION,
                account,
                "/grants",
                "{\"credits\": %s, \"kind\": \"promotional\", \"reason\": \"tried\", \"expires_at\": \"%s\"}"
                        .formatted(amount(30), end));
    }

    private void reversal(UsedAccount account) {
        String debit = account.someDebit(random);
        if (debit != null) {
            String credits = random.nextBoolean() ? "\"credits\": " + amount(4) + ", " : "";
            ask(Kind.REVERSAL, account, "/debits/" + debit + "/reversals", "{" + credits + "\"reason\": \"tried\"}");
        }
    }

    /** A run that reserves, spends what it has reserved and more, reserves again, and ends; or is left to its expiry. */
    private void run(UsedAccount account) {
        String run = account.nextRun();
        long left = random.nextInt(5, 40) * Amounts.CREDIT;
        boolean expires = random.nextInt(8) == 0;
        Answer started = ask(
                Kind.RUN,
                account,
                "/runs",
                "{\"run_id\": \"%s\", \"project_id\": \"%s\", \"hold\": %s, \"hold_expires_in\": \"%s\"}"
                        .formatted(run, project(account), Amounts.text(left), expires ? "PT1M" : "PT2H"));
        if (started.kind() != AnswerKind.DONE) {
            return;
        }
        int debits = random.nextInt(1, 6);
        for (int i = 0; i < debits && goOn.getAsBoolean(); i++) {
            Long charged = runDebit(account, run, expires ? 0 : left);
            if (charged == null) {
                break;
            }
            left = Math.max(0, left - charged);
            if (random.nextInt(5) == 0) {
                long more = random.nextInt(1, 20) * Amounts.CREDIT;
                Answer extended = ask(
                        Kind.EXTENSION, account, "/runs/" + run + "/hold", "{\"credits\": " + Amounts.text(more) + "}");
                left += extended.kind() == AnswerKind.DONE ? more : 0;
            }
        }
        if (!expires || random.nextBoolean()) {
            finish(account, run);
        }
    }

    /**
     * What is held for a run cannot be refused to it.
     *
     * @return what was charged; null: nobody knows
     */
    private @Nullable Long runDebit(UsedAccount account, String run, long held) {
        String credits = amount(15);
        Answer answer = ask(Kind.RUN_DEBIT, account, "/runs/" + run + "/debits", "{\"credits\": " + credits + "}");
        long asked = new java.math.BigDecimal(credits).movePointRight(6).longValueExact();
        if (answer.kind() == AnswerKind.REFUSED && asked <= held) {
            history.fault("%s of %s was refused %s of the %s that it holds: %s"
                    .formatted(run, account.id, credits, Amounts.text(held), answer.body()));
        }
        return switch (answer.kind()) {
            case DONE -> asked;
            case REFUSED -> 0L;
            default -> null;
        };
    }

    private void finish(UsedAccount account, String run) {
        Operation finish = new Operation(
                Kind.FINISH,
                account.id,
                "POST",
                "/v1/accounts/" + account.id + "/runs/" + run + "/finish",
                null,
                "{\"status\": \"success\"}");
        caller.ask(finish, random, goOn);
    }
}
