package ai.mavster.credits.operator.correction;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import io.quarkus.qute.TemplateData;

/** What a correction would do to an account as it is now. Pure. */
@TemplateData
public record Effect(Figures before, Figures after) {

    /** An account's credits. */
    @TemplateData
    public record Figures(Credits balance, Credits held, Credits owed) {

        static Figures of(AccountView account) {
            return new Figures(account.balance(), account.held(), account.owed());
        }

        public Credits available() {
            return balance.minus(held);
        }
    }

    /** Credits come in: what is owed is settled from them first. */
    static Effect giving(Figures before, Credits credits) {
        Credits settled = before.owed.min(credits);
        return new Effect(
                before,
                new Figures(before.balance.plus(credits).minus(settled), before.held, before.owed.minus(settled)));
    }

    static Effect taking(Figures before, Credits credits) {
        return new Effect(before, new Figures(before.balance.minus(credits), before.held, before.owed));
    }
}
