package ai.mavster.credits.operator;

import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateGlobal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The pages in the order that they are offered. */
public final class Navigation {

    private Navigation() {}

    /** A link; {@code name} is shown. */
    @TemplateData
    public record Item(String path, String name) {}

    @TemplateGlobal(name = "operatorNavigation")
    static List<Item> items() {
        return List.of(
                new Item("/operator", "Health"),
                new Item("/operator/accounts", "Accounts"),
                new Item("/operator/renewals", "Renewals"),
                new Item("/operator/payments", "Payments"),
                new Item("/operator/reports", "Reports"),
                new Item("/operator/plans", "Plans"),
                new Item("/operator/rates", "Rates"),
                new Item("/operator/keys", "Keys"),
                new Item("/operator/actions", "Actions"));
    }

    /** Whether a page is the one of an item, or below it. */
    @TemplateExtension(namespace = "operator", matchName = "current")
    static boolean current(String item, String path) {
        return path.equals(item) || (!item.equals("/operator") && path.startsWith(item + "/"));
    }

    /** In templates {@code operator:account(id)}. */
    @TemplateExtension(namespace = "operator", matchName = "account")
    public static String account(String accountId) {
        return "/operator/accounts/" + segment(accountId);
    }

    /** A part of a path; in templates {@code operator:segment(text)}. */
    @TemplateExtension(namespace = "operator", matchName = "segment")
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The pages of an account. */
    @TemplateExtension(namespace = "operator", matchName = "pages")
    static List<Item> pages(String accountId) {
        String path = account(accountId);
        return List.of(
                new Item(path, "Account"),
                new Item(path + "/ledger", "Ledger"),
                new Item(path + "/grants", "Grants"),
                new Item(path + "/runs", "Runs and holds"),
                new Item(path + "/subscription", "Subscription"),
                new Item(path + "/events", "Events"),
                new Item(path + "/payments", "Payments"),
                new Item(path + "/proof", "Proof"),
                new Item(path + "/actions", "Actions"));
    }
}
