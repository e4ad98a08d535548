package ai.mavster.credits.portal.browser;

import ai.mavster.credits.Tools;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real browser: the machine's own Chromium, driven by Playwright. */
final class Browser implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final URI service;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium, URI service) {
        this.playwright = playwright;
        this.chromium = chromium;
        this.service = service;
    }

    /** How it shows pages. */
    record View(String name, int width, int height, ColorScheme scheme, String language, boolean scripts) {

        static final View DESKTOP = new View("desktop", 1280, 900, ColorScheme.LIGHT, "en-GB", true);
        static final View DARK = new View("desktop-dark", 1280, 900, ColorScheme.DARK, "en-GB", true);
        static final View PHONE = new View("phone", 390, 844, ColorScheme.LIGHT, "en-GB", true);
        static final View PHONE_DARK_GERMAN = new View("phone-dark-de", 390, 844, ColorScheme.DARK, "de-DE", true);
        static final View GERMAN = new View("desktop-de", 1280, 900, ColorScheme.LIGHT, "de-DE", true);
        static final View WITHOUT_SCRIPTS = new View("no-scripts", 1280, 900, ColorScheme.LIGHT, "en-GB", false);
    }

    /** Ends the test, skipped or failed, where there is no Chromium, or nothing to drive it by. */
    static void need() {
        Tools.need(
                executable() != null && isDriverThere(),
                "the billing page in a browser needs Chromium (or CREDITS_CHROMIUM, its path), and -Dtools.required=true,"
                        + " by which Maven gets the driver, of 190 MB");
    }

    /** The bundle has it for all systems; the classes that unpack it are there without it, too. */
    private static boolean isDriverThere() {
        return Browser.class.getResource("/driver/linux/node") != null;
    }

    private static Path executable() {
        String given = System.getenv("CREDITS_CHROMIUM");
        Stream<String> paths = given == null
                ? Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                : Stream.of(given);
        return paths.map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
    }

    /** Nothing but this service is to be asked for anything. */
    static Browser start(URI service) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable())
                                .setArgs(List.of("--no-sandbox"))),
                service);
    }

    /** A window of its own, with no cookie. */
    Window open(View view) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(view.width(), view.height())
                .setColorScheme(view.scheme())
                .setLocale(view.language())
                .setJavaScriptEnabled(view.scripts()));
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        return new Window(context, service, view);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
