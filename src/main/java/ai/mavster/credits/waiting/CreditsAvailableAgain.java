package ai.mavster.credits.waiting;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import ai.mavster.credits.ledger.AccountView;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was refused could be spent by now. */
@Schema(
        name = "CreditsAvailableAgain",
        description =
                "What was refused could be spent by now, whatever the cause. Once after a refusal (a 402 of a debit, a run's start or"
                        + " an extension; a preflight is none), however often it was refused; and again only after another one. It reserves nothing.",
        examples = """
        {"scope": "account", "scope_id": "acct_7", "reason": "insufficient_credits", "required": 12, "spendable": 512,\
         "refused_at": "2026-11-21T18:39:00Z"}""")
public record CreditsAvailableAgain(
        @Schema(
                description = "What was refused: all of the account, or what is for one of its workspaces or projects.",
                enumeration = {"account", "workspace", "project"})
        String scope,

        @Schema(examples = "acct_7") String scopeId,

        @Schema(
                description = "The code of the first refusal.",
                enumeration = {"subscription_required", "insufficient_credits", "budget_exceeded"})
        Refusal.Code reason,

        @Schema(description = "The smallest amount that was refused, beyond what a hold had for it.", examples = "12")
        Credits required,

        @Schema(description = "What a debit of that scope could take now.", examples = "512")
        Credits spendable,

        @Schema(description = "When it was refused first.") Instant refusedAt)
        implements Announcement {

    static CreditsAvailableAgain of(WaitedFor refused, AccountView account) {
        return new CreditsAvailableAgain(
                refused.scope().id(),
                refused.scopeId(),
                refused.reason(),
                refused.required(),
                account.spendable(refused.purpose()),
                refused.since());
    }

    @Override
    public EventType type() {
        return EventType.CREDITS_AVAILABLE_AGAIN;
    }
}
