package ai.mavster.credits.portal;

import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateGlobal;
import java.util.List;

/** The pages in the order that they are offered. */
final class Navigation {

    private static final String OVERVIEW = "/billing";

    private Navigation() {}

    /**
     * @param key of its name among the texts
     */
    @TemplateData
    public record Item(String path, String key) {

        /** Whether a page is below it; nothing is below the overview. */
        public boolean isAbove(String other) {
            return !path.equals(OVERVIEW) && other.startsWith(path + "/");
        }
    }

    @TemplateGlobal(name = "portalNavigation")
    static List<Item> items() {
        return List.of(
                new Item(OVERVIEW, "layout.nav.overview"),
                new Item("/billing/usage", "layout.nav.usage"),
                new Item("/billing/statement", "layout.nav.statement"),
                new Item("/billing/runs", "layout.nav.runs"),
                new Item("/billing/top-up", "layout.nav.top_up"),
                new Item("/billing/budgets", "layout.nav.budgets"),
                new Item("/billing/alerts", "layout.nav.alerts"),
                new Item("/billing/plans", "layout.nav.plan"),
                new Item("/billing/settings", "layout.nav.settings"));
    }
}
