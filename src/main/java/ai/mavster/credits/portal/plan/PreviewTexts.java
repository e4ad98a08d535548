package ai.mavster.credits.portal.plan;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.subscription.ChangePreview;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A preview for the owner who is about to decide, in their language: what becomes of the plan, and of the credits. */
final class PreviewTexts {

    private final List<String> sentences = new ArrayList<>();
    private final ChangePreview preview;
    private final Subscription after;
    private final PlanNames names;
    private final Texts texts;

    private PreviewTexts(ChangePreview preview, PlanNames names) {
        this.preview = preview;
        this.after = preview.view().subscription();
        this.names = names;
        this.texts = names.texts();
    }

    static List<String> of(ChangePreview preview, PlanNames names) {
        PreviewTexts words = new PreviewTexts(preview, names);
        words.whatIsDue();
        words.plan();
        words.life();
        words.credits();
        words.nextGrant();
        return List.copyOf(words.sentences);
    }

    private void say(String key, @Nullable Object... arguments) {
        sentences.add(texts.say(
                "plan.preview." + key,
                arguments.length > 0 ? arguments[0] : null,
                arguments.length > 1 ? arguments[1] : null,
                arguments.length > 2 ? arguments[2] : null));
    }

    private void whatIsDue() {
        if (!preview.renewed().isZero()) {
            say("due", preview.renewed());
        }
    }

    private void plan() {
        Subscription before = preview.before();
        if (before == null) {
            say("subscribed", names.of(after.terms()));
            return;
        }
        if (!preview.changes()) {
            say("nothing");
            return;
        }
        if (!before.terms().sameAs(after.terms())) {
            say("at_once", names.of(before.terms()), names.of(after.terms()));
        }
        Terms next = after.nextTerms();
        if (next != null && !next.sameAs(before.nextTerms())) {
            say("later", names.of(after.terms()), after.billingPeriod().end(), names.of(next));
        } else if (next == null && before.nextTerms() != null) {
            say("not_any_more", names.of(before.nextTerms()));
        }
    }

    private void life() {
        Subscription before = preview.before();
        if (before == null || !preview.changes()) {
            return;
        }
        SubscriptionStatus was = before.statusAt(preview.view().asOf());
        SubscriptionStatus is = preview.view().status();
        if (was != is && is == SubscriptionStatus.ACTIVE) {
            say("active");
        }
        if (after.cancelAtPeriodEnd() && !before.cancelAtPeriodEnd()) {
            say("ends", after.billingPeriod().end());
        } else if (before.cancelAtPeriodEnd() && !after.cancelAtPeriodEnd() && was != SubscriptionStatus.CANCELED) {
            say("goes_on", before.billingPeriod().end());
        }
        if (!before.period().equals(after.period())) {
            say("period", after.period().start(), after.period().end());
        }
    }

    private void credits() {
        MonthlyGrant grant = preview.grant();
        if (grant == null || (grant.granted().isZero() && grant.withheld().isZero())) {
            say("grants_nothing", preview.balance());
        } else if (grant.withheld().isZero()) {
            say("grants", grant.granted(), preview.balance());
        } else {
            say("grants_part", grant.granted(), grant.withheld(), preview.balance());
        }
        if (after.cancelAtPeriodEnd()) {
            say("kept", after.billingPeriod().end());
            return;
        }
        if (after.nextTerms() != null && after.nextTerms().cap() != null) {
            say("cap_then", after.billingPeriod().end(), after.nextTerms().cap());
            return;
        }
        Credits cap = preview.cap();
        if (cap == null) {
            say("no_cap");
        } else {
            say("cap", cap);
        }
    }

    private void nextGrant() {
        NextGrant next = preview.nextGrant();
        if (next == null) {
            say("no_next");
        } else {
            say("next", next.at(), next.amount(), next.amount().plus(next.withheld()));
        }
    }
}
