package ai.mavster.credits.portal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A window of a browser. What it hears goes on a list: what a page wrote as an error, what it asked of others, and what
 * moved by itself.
 */
final class Window implements AutoCloseable {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int MOST_STOPS = 4;
    private static final int MOST_BYTES = 150_000;

    /**
     * In ten-thousandths of the layout shift score, of which 0.1 is still "good" (web.dev/articles/cls): a table that
     * arrives in pieces on a busy machine. What arrives live is held to nothing at all.
     */
    private static final int MOST_MOVED = 50;

    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    /** Adds up what moves without anybody having done anything. */
    private static final String NOTE_SHIFTS = """
            window.moved = 0;
            new PerformanceObserver(list => list.getEntries().filter(entry => !entry.hadRecentInput)
              .forEach(entry => { window.moved += entry.value; }))
              .observe({ type: 'layout-shift', buffered: true });""";

    private static final String WEIGHT = """
            () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .filter(entry => !entry.name.includes('/live') && entry.initiatorType !== 'fetch')
              .reduce((sum, entry) => sum + entry.encodedBodySize, 0)""";

    /** What a keyboard should reach, in the order of the page. */
    private static final String CONTROLS = """
            () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
              .filter(control => control.checkVisibility({ visibilityProperty: true }) && !control.disabled)
              .filter(control => control.type !== 'radio' || control.checked
                || ![...document.getElementsByName(control.name)].some(other => other.checked && other.form === control.form))
              .map((control, index) => { const text = control.outerHTML.slice(0, 90); control.dataset.reached = index; return text; })""";

    private static final String FOCUSED = """
            () => {
              const control = document.activeElement;
              if (!control || control === document.body) { return 'none'; }
              const style = getComputedStyle(control);
              const seen = control.type === 'date' || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
              return seen ? control.dataset.reached ?? control.outerHTML.slice(0, 90) : 'unseen: ' + control.outerHTML.slice(0, 90);
            }""";

    private final BrowserContext context;
    private final Page page;
    private final URI service;
    private final Browser.View view;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    Window(BrowserContext context, URI service, Browser.View view) {
        this.context = context;
        this.service = service;
        this.view = view;
        if (view.scripts()) {
            context.addInitScript(NOTE_SHIFTS);
        }
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(page.url() + " writes " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + " fails: " + error));
        page.onRequest(this::hear);
    }

    private void hear(Request request) {
        String url = request.url();
        boolean own = url.startsWith(service + "/") || url.startsWith("data:");
        if (!own && expected.stream().noneMatch(url::startsWith)) {
            complaints.add(page.url() + " asks " + url);
        }
    }

    /** Another application that is really meant to be visited. */
    Window visits(String origin) {
        expected.add(origin);
        return this;
    }

    Page page() {
        return page;
    }

    /** Opens a link to the billing page, as an owner does who is sent there. */
    Window enter(String link) {
        page.navigate(link);
        if (!view.scripts()) {
            press("Open");
        }
        page.waitForURL(url -> !url.contains("/sessions/"));
        return this;
    }

    Window go(String path) {
        page.navigate(service + path);
        return this;
    }

    /** Presses the button, or follows the link, of this name. */
    Window press(String name) {
        page.locator("main button, main a, main summary")
                .filter(new Locator.FilterOptions().setHasText(name).setVisible(true))
                .first()
                .click();
        return this;
    }

    /** Writes into the first field of this name that is seen. */
    Window write(String field, String text) {
        page.locator("main [name=" + field + "]")
                .filter(new Locator.FilterOptions().setVisible(true))
                .first()
                .fill(text);
        return this;
    }

    /** Waits for these texts. */
    Window sees(String... texts) {
        for (String text : texts) {
            try {
                page.getByText(text)
                        .filter(new Locator.FilterOptions().setVisible(true))
                        .first()
                        .waitFor();
            } catch (TimeoutError e) {
                throw new AssertionError(
                        "Not seen: %s, on %s:%n%s".formatted(text, page.url(), page.innerText("body")), e);
            }
        }
        return this;
    }

    /** What was sent is wrong: the page answers 400, of which the browser writes a line. */
    Window isRefused() {
        page.waitForCondition(() -> complaints.removeIf(complaint -> complaint.contains("a status of 400")));
        return this;
    }

    /** Takes a picture, and looks for what must not be on any page. */
    Window check(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + view.name() + ".png"))
                .setFullPage(true));
        assertThat(complaints).isEmpty();
        if (!view.scripts()) {
            return this;
        }
        assertThat(number("() => document.documentElement.scrollWidth"))
                .as("%s, width of %s", name, view.name())
                .isLessThanOrEqualTo(number("() => window.innerWidth"));
        assertThat(moved()).as("%s, what moved by itself", name).isLessThanOrEqualTo(MOST_MOVED);
        assertThat(number(WEIGHT)).as("%s, its bytes", name).isBetween(1000L, (long) MOST_BYTES);
        assertThat(accessibilityFindings()).as("%s, %s", name, view.name()).isEmpty();
        return this;
    }

    /** What has moved by itself since the page was asked for, in ten-thousandths of the layout shift score. */
    long moved() {
        return number("() => Math.round(window.moved * 10000)");
    }

    long number(String script) {
        return ((Number) page.evaluate(script)).longValue();
    }

    /** Serious ones of axe. By the browser's own tools: a page's policy lets no script in. */
    private List<String> accessibilityFindings() {
        CDPSession tools = context.newCDPSession(page);
        evaluate(tools, axe());
        String found = evaluate(tools, "axe.run().then(result => JSON.stringify(result.violations))")
                .getAsJsonObject("result")
                .get("value")
                .getAsString();
        tools.detach();
        List<String> findings = new ArrayList<>();
        for (JsonElement element : JsonParser.parseString(found).getAsJsonArray()) {
            JsonObject violation = element.getAsJsonObject();
            if (SERIOUS.contains(violation.get("impact").getAsString())) {
                JsonArray nodes = violation.getAsJsonArray("nodes");
                findings.add(violation.get("id").getAsString() + ": "
                        + nodes.get(0).getAsJsonObject().get("html").getAsString());
            }
        }
        return findings;
    }

    private static JsonObject evaluate(CDPSession tools, String script) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("expression", script);
        arguments.addProperty("awaitPromise", true);
        arguments.addProperty("returnByValue", true);
        return tools.send("Runtime.evaluate", arguments);
    }

    private static String axe() {
        try (InputStream script = Window.class.getResourceAsStream("/axe.min.js")) {
            // What it evaluates to is not to be sent back.
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8) + ";0";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Walks the page by the tabulator: every control is reached, in order, and is seen to be. */
    Window walkByKeyboard() {
        List<?> controls = (List<?>) page.evaluate(CONTROLS);
        assertThat(controls).isNotEmpty();
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < controls.size() * MOST_STOPS && reached.size() < controls.size(); i++) {
            page.keyboard().press("Tab");
            String focused = String.valueOf(page.evaluate(FOCUSED));
            // What is live may have been read anew meanwhile, and has lost its number.
            if (focused.equals(String.valueOf(controls.get(reached.size())))) {
                focused = Integer.toString(reached.size());
            }
            // A date has several stops within, the last of which shows that by itself.
            if (reached.isEmpty() || !reached.get(reached.size() - 1).equals(focused)) {
                reached.add(focused);
            }
        }
        List<String> inOrder = new ArrayList<>();
        for (int i = 0; i < controls.size(); i++) {
            inOrder.add(Integer.toString(i));
        }
        assertThat(reached).as("of %s", controls).isEqualTo(inOrder);
        return this;
    }

    @Override
    public void close() {
        context.close();
    }
}
