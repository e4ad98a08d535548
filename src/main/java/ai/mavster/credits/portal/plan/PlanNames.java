package ai.mavster.credits.portal.plan;

import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.subscription.terms.Terms;
import java.util.Map;

/** What plans are called. */
record PlanNames(Map<String, String> byId, Texts texts) {

    String of(Terms terms) {
        String name = of(terms.plan().planId());
        return terms.own() == null ? name : texts.say("plan.own", name, terms.own());
    }

    /** One that is gone has its id only. */
    String of(String planId) {
        return byId.getOrDefault(planId, planId);
    }
}
