package ai.mavster.credits.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;

/** How long the pages of an account's billing page take, one after another, in a session of its owner. */
final class BillingPages {

    private static final List<String> PAGES =
            List.of("", "/usage", "/statement", "/runs", "/top-up", "/budgets", "/alerts", "/plans");
    private static final int WARM_UP = 20;
    private static final int TIMES = 100;
    private static final double AIM_MILLIS = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Stage stage;
    private final String cookie;

    private BillingPages(Stage stage, String accountId) throws IOException, InterruptedException {
        this.stage = stage;
        this.cookie = signIn(accountId);
    }

    static void measure(Stage stage, String accountId) throws IOException, InterruptedException {
        BillingPages pages = new BillingPages(stage, accountId);
        for (String page : PAGES) {
            pages.measure("/billing" + page);
        }
    }

    private String signIn(String accountId) throws IOException, InterruptedException {
        String path = "/v1/accounts/" + accountId + "/portal-sessions";
        URI link =
                URI.create(stage.service().make("POST", path, "{}").get("url").textValue());
        HttpResponse<Void> opened = client.send(
                request(link.getRawPath())
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        return opened.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + stage.service().port() + path));
    }

    private void measure(String path) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            millis(path);
        }
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            millis[i] = millis(path);
        }
        Arrays.sort(millis);
        double median = millis[TIMES / 2];
        double slow = millis[TIMES * 95 / 100];
        stage.report().fact("long past, " + path, "p50 %.1f ms, p95 %.1f ms".formatted(median, slow));
        stage.report().add(Aim.atMost(AIM_MILLIS, "long past, " + path + ": p95 in ms", slow));
    }

    private double millis(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path).header("Cookie", cookie).build();
        long start = System.nanoTime();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        double millis = (System.nanoTime() - start) / 1e6;
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode());
        }
        return millis;
    }
}
