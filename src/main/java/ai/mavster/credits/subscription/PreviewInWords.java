package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A preview as somebody reads it who is about to decide: what becomes of the subscription, and of the credits. */
final class PreviewInWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final List<String> sentences = new ArrayList<>();
    private final ChangePreview preview;
    private final Subscription after;

    private PreviewInWords(ChangePreview preview) {
        this.preview = preview;
        this.after = preview.view().subscription();
    }

    static String of(ChangePreview preview) {
        PreviewInWords words = new PreviewInWords(preview);
        words.tellWhatIsDue();
        words.tellSubscription();
        words.tellCredits();
        words.tellNextGrant();
        return String.join(" ", words.sentences);
    }

    private void say(String sentence) {
        sentences.add(sentence);
    }

    private void tellWhatIsDue() {
        if (!preview.renewed().isZero()) {
            say("A renewal is due and comes first: it grants %s."
                    .formatted(preview.renewed().inWords()));
        }
    }

    private void tellSubscription() {
        Subscription before = preview.before();
        if (before == null) {
            say("The account is subscribed to %s, %s."
                    .formatted(plan(after.terms()), preview.view().status().id()));
        } else if (!preview.changes()) {
            say("Nothing changes.");
        } else {
            tellTerms(before);
            tellLife(before);
        }
    }

    private void tellTerms(Subscription before) {
        if (!before.terms().sameAs(after.terms())) {
            say("%s becomes %s at once.".formatted(plan(before.terms()), plan(after.terms())));
        }
        Terms next = after.nextTerms();
        if (next != null && !next.sameAs(before.nextTerms())) {
            say("%s becomes %s on %s."
                    .formatted(
                            plan(after.terms()),
                            plan(next),
                            day(after.billingPeriod().end())));
        } else if (next == null && before.nextTerms() != null) {
            say("It does not become %s any more.".formatted(plan(before.nextTerms())));
        }
    }

    private void tellLife(Subscription before) {
        SubscriptionStatus was = before.statusAt(preview.view().asOf());
        SubscriptionStatus is = preview.view().status();
        if (was != is) {
            say("It is %s instead of %s.".formatted(is.id(), was.id()));
        }
        if (after.cancelAtPeriodEnd() && !before.cancelAtPeriodEnd()) {
            say("It ends on %s.".formatted(day(after.billingPeriod().end())));
        } else if (before.cancelAtPeriodEnd() && !after.cancelAtPeriodEnd() && is != SubscriptionStatus.CANCELED) {
            say("It does not end on %s any more."
                    .formatted(day(before.billingPeriod().end())));
        }
        if (!before.period().equals(after.period())) {
            say("Its current period is from %s to %s."
                    .formatted(day(after.period().start()), day(after.period().end())));
        }
    }

    private void tellCredits() {
        MonthlyGrant grant = preview.grant();
        if (grant == null || (grant.granted().isZero() && grant.withheld().isZero())) {
            say("It grants nothing now; the balance stays %s."
                    .formatted(preview.balance().inWords()));
        } else if (grant.withheld().isZero()) {
            say("It grants %s now; the balance is then %s."
                    .formatted(grant.granted().inWords(), preview.balance().inWords()));
        } else {
            say("It grants %s now, and the cap keeps back %s; the balance is then %s."
                    .formatted(
                            grant.granted().inWords(),
                            grant.withheld().inWords(),
                            preview.balance().inWords()));
        }
        Credits cap = preview.cap();
        if (cap == null) {
            say("Grants have no cap.");
        } else {
            say("Grants fill up to %s.".formatted(cap.inWords()));
        }
    }

    private void tellNextGrant() {
        NextGrant next = preview.nextGrant();
        if (next == null) {
            say("No further month is granted.");
        } else {
            say("The next renewal, on %s, grants %s of %s if the balance stays."
                    .formatted(
                            day(next.at()),
                            next.amount(),
                            next.amount().plus(next.withheld()).inWords()));
        }
    }

    private static String plan(Terms terms) {
        String planId = terms.plan().planId();
        return terms.own() == null ? planId : planId + " with " + terms.own().inWords() + " a month";
    }

    private String day(Instant instant) {
        return DAY.format(instant.atZone(after.zone()));
    }
}
