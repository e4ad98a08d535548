package ai.mavster.credits.portal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.portal.browser.Browser.View;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The billing page in a real browser, as owners have it who come from a host application. Pictures of what they see are
 * in {@code target/screenshots}.
 */
class BillingPageIT {

    private static final List<String> PAGES =
            List.of("", "/usage", "/statement", "/runs", "/top-up", "/budgets", "/alerts", "/plans", "/settings");

    private static final AtomicReference<Api> HOST_API = new AtomicReference<>();
    private static HostApplication host;
    private static ServiceProcess service;
    private static Browser browser;
    private static Api api;

    @BeforeAll
    static void start() throws IOException {
        Browser.need();
        host = HostApplication.start(HOST_API::get);
        String port = Integer.toString(ServiceProcess.freePort());
        service = ServiceProcess.start(Map.of(
                "CREDITS_HTTP_PORT",
                port,
                "CREDITS_PUBLIC_URL",
                "http://localhost:" + port,
                "CREDITS_PAYMENTS",
                "sandbox",
                "CREDITS_TEST_CLOCKS",
                "true",
                "CREDITS_SIGN_IN_URL",
                host.url() + "/sign-in",
                "CREDITS_PORTAL_RETURN_ORIGINS",
                host.url().toString()));
        api = new Api(service.url());
        HOST_API.set(api);
        browser = Browser.start(service.url());
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable started : new AutoCloseable[] {browser, service, host}) {
            try {
                if (started != null) {
                    started.close();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void subscribed(String account) {
        api.put("accounts/" + account, """
                {'name': 'Example Inc.', 'time_zone': 'Europe/Berlin', 'test_clock': '2026-11-21T18:39:00Z'}""").is(201);
        api.put("accounts/" + account + "/subscription", "{'plan': 'basic', 'status': 'active'}")
                .is(200);
    }

    private static void debit(String account, String credits, String run) {
        api.post(
                        "accounts/" + account + "/debits",
                        "{'credits': %s, 'action': 'visual-assert', 'project_id': 'checkout', 'run_id': '%s'}"
                                .formatted(credits, run))
                .is(201);
    }

    /** What an owner finds who has been here for a while. */
    private static void stuffed(String account) {
        subscribed(account);
        debit(account, "12.5", "run-1");
        debit(account, "840", "run-2");
        api.post("accounts/" + account + "/runs", """
                {'run_id': 'run-3', 'project_id': 'checkout', 'test_id': 'guest-can-pay', 'estimate': 40, 'hold': 60}""").is(201);
        api.put("accounts/" + account + "/budgets/project/checkout", "{'usage_limit': 1000, 'window': 'week'}")
                .is(201);
        api.put("accounts/" + account + "/budgets/account/" + account, "{'usage_limit': 2500}")
                .is(201);
        api.put("accounts/" + account + "/alert-settings", "{'debit_above': 500}")
                .is(200);
        debit(account, "60", "run-4-with-a-name-that-is-longer-than-a-telephone-is-wide-0123456789");
    }

    private static Window entered(String account, View view) {
        return browser.open(view).enter(api.link(account, "{}"));
    }

    @Test
    void theMonthOfTheTour() {
        subscribed("acct_7");
        debit("acct_7", "12.5", "run-1");
        try (Window window = browser.open(View.DESKTOP).visits(host.url().toString())) {
            window.go("/billing?account=acct_7")
                    .sees("2,987.5", "Basic", "21 Dec 2026")
                    .check("1-overview");
            window.go("/billing/statement")
                    .sees("visual-assert")
                    .press("Spent")
                    .sees("You spent")
                    .check("2-posting");

            window.go("/billing/top-up").sees("Balance afterwards: 3,987.5");
            window.press("Buy").sees("Play money").press("Pay").press("Back");
            window.sees("3,987.5").check("3-topped-up");

            window.go("/billing/budgets").press("New budget");
            window.write("scope_id", "checkout").write("usage_limit", "40").press("Set the budget");
            window.sees("Saved.", "Project", "27.5").check("4-budget");

            window.go("/billing").sees("512.5").check("5-next-grant");
            api.post("accounts/acct_7/test-clock/advance", "{'to': '2026-12-21T18:39:00Z'}")
                    .is(200);
            window.go("/billing").sees("4,500", "21 Jan 2027").check("6-renewed");
            window.go("/billing/statement")
                    .sees("Monthly credits", "Top-up", "Spent")
                    .check("7-statement");

            window.go("/billing/plans").press("Cancel subscription");
            window.sees("What will happen").check("8-what-happens").press("Cancel at the period");
            window.sees("The subscription ends").check("9-cancels");
            api.post("accounts/acct_7/test-clock/advance", "{'to': '2027-01-21T18:39:00Z'}")
                    .is(200);
            window.go("/billing").sees("4,500", "Your subscription has ended").check("10-canceled");
            window.press("Choose a plan").sees("Your balance").check("11-plans");
            window.press("Choose").sees("What will happen").press("Go on to payment");
            window.sees("Play money")
                    .press("Confirm")
                    .press("Back")
                    .sees("Active")
                    .check("12-active-again");
            window.go("/billing").sees("Can be spent now", "4,500").check("13-overview");

            window.page().locator("footer a").click();
            window.sees("The host application");
        }
    }

    @Test
    void theLinkOfARefusedRunLeadsToWhatLetsItGoOn() {
        subscribed("acct_8");
        debit("acct_8", "2990", "run-1");
        String run = "{'run_id': '%s', 'project_id': 'checkout', 'estimate': 40, 'hold': 40%s}";
        String link = api.post("accounts/acct_8/runs", run.formatted("run-2", ""))
                .is(402)
                .link();
        api.post("accounts/acct_8/runs", run.formatted("run-2", ", 'when_refused': 'queue'"))
                .is(202);
        try (Window window = browser.open(View.PHONE).visits(host.url().toString())) {
            window.page().navigate(link);
            window.sees("Balance afterwards: 1,010").check("refused-credits");
            window.press("Buy").sees("Play money").press("Pay").press("Back").sees("1,010");
            api.awaitRunning("acct_8", "run-2");
        }

        api.put("accounts/acct_8/budgets/project/checkout", "{'usage_limit': 3000}")
                .is(201);
        link = api.post("accounts/acct_8/runs", run.formatted("run-3", ""))
                .is(402)
                .link();
        api.post("accounts/acct_8/runs", run.formatted("run-3", ", 'when_refused': 'queue'"))
                .is(202);
        try (Window window =
                browser.open(View.PHONE_DARK_GERMAN).visits(host.url().toString())) {
            window.page().navigate(link);
            window.sees("Projekt", "2.990").check("refused-budget");
            window.press("Ändern").write("usage_limit", "3.100,5").press("Speichern");
            window.sees("Gespeichert.", "3.100,5").check("raised-budget");
            api.awaitRunning("acct_8", "run-3");
        }
    }

    @Test
    void everyPageIsSoundInEveryView() {
        stuffed("acct_9");
        for (View view : List.of(View.DESKTOP, View.DARK, View.PHONE, View.PHONE_DARK_GERMAN)) {
            try (Window window = entered("acct_9", view)) {
                for (String page : PAGES) {
                    window.go("/billing" + page).check("page" + page.replace('/', '-'));
                }
            }
        }
    }

    @Test
    void anEmptyAccountHasPagesToo() {
        api.put("accounts/acct_10", "{}").is(201);
        try (Window window = entered("acct_10", View.GERMAN)) {
            for (String page : PAGES) {
                window.go("/billing" + page).check("empty" + page.replace('/', '-'));
            }
        }
    }

    @Test
    void theOperatorsPagesAreSoundToo() {
        stuffed("acct_14");
        for (View view : List.of(View.DESKTOP, View.DARK, View.PHONE)) {
            try (Window window = browser.open(view)) {
                window.go("/operator/sign-in").write("key", ServiceProcess.ADMIN_KEY);
                window.press("Sign in").sees("Health");
                window.go("/operator/accounts/acct_14/grants/new")
                        .write("credits", "5")
                        .write("reason", "Apology for Monday");
                window.press("Check").sees("Is this right?").check("operator-check");
                window.press("Post it").sees("The credits were granted.");
                window.go("/operator/actions").sees("Apology for Monday").check("operator-actions");
                for (String page : List.of("", "/ledger", "/events", "/payments", "/actions")) {
                    window.go("/operator/accounts/acct_14" + page).check("operator-account" + page.replace('/', '-'));
                }
                window.go("/operator/keys").check("operator-keys");
            }
        }
    }

    @Test
    void rechargeIsCheckedBeforeItIsSwitchedOn() {
        stuffed("acct_15");
        for (View view : List.of(View.DESKTOP, View.PHONE_DARK_GERMAN)) {
            try (Window window = entered("acct_15", view)) {
                String form = "/billing/top-up/auto-recharge";
                window.go(form)
                        .write("threshold", "x")
                        .press(view.language().equals("en-GB") ? "See what" : "Mögliche");
                window.isRefused()
                        .check("recharge-wrong")
                        .write("threshold", "500")
                        .write("credits", "1000");
                window.write("limit_per_period", "5000")
                        .press(view.language().equals("en-GB") ? "See what" : "Mögliche")
                        .sees("600")
                        .check("recharge-check");
            }
        }
    }

    @Test
    void everyControlIsReachedByKeyboard() {
        stuffed("acct_11");
        try (Window window = entered("acct_11", View.DESKTOP)) {
            for (String page : PAGES) {
                window.go("/billing" + page).walkByKeyboard();
            }
        }
    }

    @Test
    void whatArrivesLiveMovesNothing() {
        stuffed("acct_12");
        try (Window budgets = entered("acct_12", View.DESKTOP);
                Window overview = entered("acct_12", View.PHONE);
                Window run = entered("acct_12", View.PHONE)) {
            overview.go("/billing").sees("2,087.5", "2,027.5");
            budgets.go("/billing/budgets").sees("Project").check("live-budgets-before");
            run.go("/billing/runs/run-3").sees("under way").check("live-run-before");
            long budgetsMoved = budgets.moved();
            long runMoved = run.moved();

            api.post("accounts/acct_12/runs/run-3/debits", "{'credits': 7.25, 'action': 'visual-assert'}")
                    .is(201);

            run.sees("7.25").check("live-run");
            budgets.sees("919.75").check("live-budgets");
            assertThat(run.moved()).isEqualTo(runMoved);
            assertThat(budgets.moved()).isEqualTo(budgetsMoved);
            overview.go("/billing").sees("2,080.25", "2,027.5", "52.75");
        }
    }

    @Test
    void whatIsDoneIsDoneWithoutScripts() {
        stuffed("acct_13");
        try (Window window = entered("acct_13", View.WITHOUT_SCRIPTS)) {
            window.go("/billing/top-up")
                    .press("Buy")
                    .sees("Play money")
                    .press("Pay")
                    .press("Back");
            window.go("/billing/top-up").sees("3,087.5").check("topped-up");

            window.go("/billing/budgets").press("New budget");
            window.write("scope_id", "search").write("usage_limit", "0").press("Set the budget");
            window.sees("everything that costs credits is refused").press("Set this limit anyway");
            window.sees("Saved.", "Blocks everything").check("budget");

            for (String page : PAGES) {
                window.go("/billing" + page).check("page" + page.replace('/', '-'));
            }
        }
        assertThat(api.get("accounts/acct_13/budgets/project/search")
                        .body()
                        .get("usage_limit")
                        .getAsInt())
                .isZero();
    }
}
