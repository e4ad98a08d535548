package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.ledger.posting.Texts;
import io.quarkus.arc.Arc;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;

/** What the state of a payment brings about, asked of the ledger itself: credits of a grant are claimed back, or reinstated. */
public final class Clawbacks {

    private Clawbacks() {}

    /** What came of a claim on a grant, by the id that this was answered with. */
    public static Outcome<Posting> clawBack(Customer customer, String grantId, String credits) {
        return submit(new Correction.Clawback(
                customer.id,
                Customer.newKey(),
                id(grantId),
                Credits.parse(credits),
                Texts.note("refunded"),
                TestAccounts.AUTHOR));
    }

    /** What of it is given back, and stands for money again. */
    public static Outcome<Posting> reinstate(Customer customer, String grantId, String credits) {
        return submit(new Correction.Reinstatement(
                customer.id,
                Customer.newKey(),
                id(grantId),
                Credits.parse(credits),
                new Money(new BigDecimal("1.50"), "EUR"),
                Texts.note("won"),
                TestAccounts.AUTHOR));
    }

    static <A> Outcome<A> submit(Command<A> command) {
        Ledger ledger = Arc.container().instance(Ledger.class).get();
        return ledger.submit(command).toCompletableFuture().join();
    }

    static UUID id(String grantId) {
        return Objects.requireNonNull(PublicId.GRANT.parse(grantId));
    }
}
