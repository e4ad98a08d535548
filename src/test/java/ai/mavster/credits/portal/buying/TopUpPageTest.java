package ai.mavster.credits.portal.buying;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class TopUpPageTest {

    private static final String PAGE = "/billing/top-up";
    private static final String RECHARGE = "/billing/top-up/auto-recharge";

    @Test
    void packsSayWhatTheyCostAndLeadTo() {
        Owner owner = Owner.of(Customer.having("1234.5"));

        owner.get(PAGE).is(200).shows("€49.00", "€8.17 for 1,000 credits", "Balance afterwards: 7,234.5");
        owner.speaking("de-DE").get(PAGE).shows("49,00 €", "8,17 € für 1.000 Credits", "Guthaben danach: 7.234,5");
    }

    @Test
    void aFormThatIsSentTwiceBuysOnce() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);
        String key = owner.get(PAGE).hidden("key");

        String page = owner.post(PAGE, "pack=medium", "key=" + key).is(303).location();

        assertThat(page).contains("/sandbox/checkouts/");
        assertThat(owner.post(PAGE, "pack=medium", "key=" + key).is(303).location())
                .isEqualTo(page);
        assertThat(owner.post(PAGE, "pack=small", "key=" + key).is(303).location())
                .isNotEqualTo(page);
        assertThat(Customer.get(customer.path("/checkouts")).rows("data", "pack", "status"))
                .containsExactly("small open", "medium open");
        owner.get(PAGE).shows("Not paid yet", "Go on to pay");
        owner.get(PAGE + "?outcome=canceled").shows("Nothing was paid.");
        owner.get(PAGE + "?outcome=paid").shows("Your payment is being confirmed.");
        assertThat(customer.balance().at("balance")).isEqualTo("3000");
    }

    @Test
    void whatIsNotForSaleIsNotBought() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);
        String key = owner.get(PAGE).hidden("key");

        owner.post(PAGE, "pack=none-such", "key=" + key).is(404).shows("There is no such pack.");
        owner.post(PAGE, "pack=<script>", "key=" + key).is(400).shows("Please choose one of the packs.");
        owner.post(PAGE, "pack=medium", "key=x").is(400).shows("Please open the page again.");
        assertThat(Customer.get(customer.path("/checkouts")).rows("data", "pack"))
                .isEmpty();
    }

    @Test
    void aClosedAccountBuysNothing() {
        Customer customer = Customer.create();
        Owner owner = Owner.of(customer);
        String key = owner.get(PAGE).hidden("key");
        customer.close("").is(200);

        owner.get(PAGE).is(200).shows("This account is closed").showsNot("€49.00", "Set up");
        owner.post(PAGE, "pack=medium", "key=" + key).is(409).shows("This account is closed");
        recharge(owner, "step=on", "500", "1000", "4000", "seen=40.00 480.00 EUR")
                .is(409);
        owner.post(RECHARGE, "step=off").is(409);
    }

    private static Shown recharge(
            Owner owner, String step, String threshold, String credits, String limit, String more) {
        return owner.post(
                RECHARGE,
                step,
                "threshold=" + threshold,
                "size=add",
                "credits=" + credits,
                "limit_per_period=" + limit,
                "payment_method=card_ok",
                more);
    }

    @Test
    void autoRechargeIsSwitchedOnOnceItWasSaidWhatItMayCost() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer).speaking("de-DE");
        owner.get(RECHARGE).is(200).shows("Aufladen, sobald weniger Credits verfügbar sind als");

        Shown check = recharge(owner, "step=check", "500,5", "1.000", "4.000", "size=add")
                .is(200)
                .shows("40,00 €", "höchstens im Monat", "480,00 €", "höchstens im Jahr", "bis zu 480,00 € im Jahr");
        assertThat(settings(customer)).isEqualTo("false null null null");

        // Not without having seen it, nor by another amount than was seen.
        recharge(owner, "step=on", "500,5", "1.000", "4.000", "seen=").is(200).shows("480,00 €");
        recharge(owner, "step=on", "500,5", "1.000", "8.000", "seen=" + check.hidden("seen"))
                .is(200)
                .shows("960,00 €");
        assertThat(settings(customer)).isEqualTo("false null null null");

        recharge(owner, "step=on", "500,5", "1.000", "4.000", "seen=" + check.hidden("seen"))
                .is(303);
        assertThat(settings(customer)).isEqualTo("true 500.5 1000 4000");
        owner.get(PAGE + "?done=recharge_on")
                .shows("Automatisches Aufladen ist an.", "unter 500,5 Credits", "480,00 €", "0 von 4.000");
        assertThat(owner.get(RECHARGE).hidden("threshold")).isEqualTo("500,5");

        owner.post(RECHARGE, "step=off").is(303);
        assertThat(settings(customer)).isEqualTo("false 500.5 1000 4000");
    }

    private static String settings(Customer customer) {
        return Customer.get(customer.path("/auto-recharge"))
                .is(200)
                .all("enabled", "threshold", "credits_to_add", "limit_per_period");
    }

    @Test
    void fillingUpTakesThePlaceOfAFixedSize() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);

        Shown check = owner.post(
                        RECHARGE, "step=check", "threshold=500", "size=fill", "credits=2000", "limit_per_period=4000")
                .is(200)
                .shows("a purchase fills it up to 2,000");
        owner.post(
                        RECHARGE,
                        "step=on",
                        "threshold=500",
                        "size=fill",
                        "credits=2000",
                        "limit_per_period=4000",
                        "seen=" + check.hidden("seen"))
                .is(303);

        assertThat(Customer.get(customer.path("/auto-recharge")).all("credits_to_add", "top_up_to"))
                .isEqualTo("null 2000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a lot | 1000 | 4000 | The threshold must be a number
            500   | -1   | 4000 | How many credits are bought must be a number
            500   | 1000 | 999  | The most in a month must be
            500   | ''   | 4000 | How many credits are bought must be a number
            500   | 0.000001 | 4000 | enough to cost an amount of money
            """)
    void whatIsWrongIsSaidAndTheFieldsStay(String threshold, String credits, String limit, String said) {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);

        Shown again = recharge(owner, "step=check", threshold, credits, limit, "more=")
                .is(400)
                .shows(said);

        assertThat(again.hidden("threshold")).isEqualTo(threshold);
        assertThat(again.hidden("limit_per_period")).isEqualTo(limit);
        assertThat(again.body()).contains("aria-invalid");
        recharge(owner, "step=check", "\"><script>alert(1)</script>", credits, limit, "more=")
                .is(400);
        assertThat(recharge(owner, "step=check", "\"><script>alert(1)</script>", "1", "1", "more=")
                        .body())
                .doesNotContain("<script>alert");
    }
}
