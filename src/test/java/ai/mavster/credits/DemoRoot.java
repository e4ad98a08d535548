package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The root page of a demo, which has one click to each of its accounts. */
final class DemoRoot {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    DemoRoot(URI service) {
        this.service = service;
    }

    void leadsToItsAccounts() throws IOException, InterruptedException {
        String root = get("/", "").body();
        for (String account : new String[] {"demo", "demo-above-cap", "demo-canceled"}) {
            assertThat(root).contains("name=\"account\" value=\"" + account + "\"");
            HttpResponse<String> opened = open(account, "same-origin");
            assertThat(opened.statusCode()).isEqualTo(303);
            assertThat(opened.headers().firstValue("location")).contains("/billing");
            String cookie = opened.headers().firstValue("set-cookie").orElseThrow();
            assertThat(get("/billing", cookie.substring(0, cookie.indexOf(';'))).body())
                    .contains("<span class=\"id\">" + account + "</span>");
        }
        assertThat(root).contains("href=\"/operator\"", "href=\"/q/swagger-ui\"");
    }

    void opensNothingForAnotherSite() throws IOException, InterruptedException {
        HttpResponse<String> refused = open("demo", "cross-site");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().map()).doesNotContainKey("set-cookie");
    }

    private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Cookie", cookie)
                        .build(),
                BodyHandlers.ofString());
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        return page;
    }

    private HttpResponse<String> open(String account, String site) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(service.resolve("/demo/sessions"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", site)
                        .POST(BodyPublishers.ofString("path=/billing&account=" + account))
                        .build(),
                BodyHandlers.ofString());
    }
}
