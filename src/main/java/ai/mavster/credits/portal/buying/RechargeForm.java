package ai.mavster.credits.portal.buying;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.page.Numbers;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.recharge.AutoRecharge;
import ai.mavster.credits.recharge.terms.RechargeTerms;
import io.quarkus.qute.TemplateData;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form's fields, in its reader's words.
 *
 * @param size {@code add} or {@code fill}: what {@code credits} are for
 * @param method empty: the provider's default
 */
@TemplateData
public record RechargeForm(String threshold, String size, String credits, String limit, String method) {

    private static final String ADD = "add";
    private static final String FILL = "fill";

    /** As it is set. */
    static RechargeForm of(AutoRecharge set, Locale locale) {
        return new RechargeForm(
                Numbers.field(set.threshold(), locale),
                set.topUpTo() == null ? ADD : FILL,
                Numbers.field(set.topUpTo() == null ? set.creditsToAdd() : set.topUpTo(), locale),
                Numbers.field(set.limitPerPeriod(), locale),
                set.paymentMethod() == null ? "" : set.paymentMethod());
    }

    /** As it was sent. */
    static RechargeForm of(PageRequest request) {
        return new RechargeForm(
                text(request, "threshold"),
                FILL.equals(request.field("size")) ? FILL : ADD,
                text(request, "credits"),
                text(request, "limit_per_period"),
                text(request, "payment_method"));
    }

    private static String text(PageRequest request, String field) {
        String sent = request.field(field);
        return sent == null ? "" : sent;
    }

    public boolean isFilling() {
        return size.equals(FILL);
    }

    /**
     * What it says.
     *
     * @param methods those that can be chosen
     * @throws InvalidInput on the field that is wrong
     */
    RechargeTerms terms(Locale locale, List<String> methods) {
        if (!method.isEmpty() && !methods.contains(method)) {
            throw new InvalidInput("payment_method", "must be one of those that are offered");
        }
        return new RechargeTerms(
                Numbers.credits("threshold", threshold, locale),
                isFilling() ? null : Numbers.credits("credits_to_add", credits, locale),
                isFilling() ? Numbers.credits("top_up_to", credits, locale) : null,
                Numbers.credits("limit_per_period", limit, locale),
                method.isEmpty() ? null : method);
    }

    /** Whether a field is the wrong one. */
    public boolean wrong(@Nullable String problemField, String name) {
        return name.equals(problemField)
                || (name.equals("credits")
                        && ("credits_to_add".equals(problemField) || "top_up_to".equals(problemField)));
    }
}
