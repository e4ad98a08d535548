package ai.mavster.credits.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests that change nothing and are answered with 200. */
final class Questions implements Traffic {

    private final Request[] requests;
    private final Draw draw;

    private Questions(Accounts accounts, Draw draw, Function<Integer, Request> request) {
        this.draw = draw;
        this.requests = new Request[accounts.size()];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request.apply(i);
        }
    }

    /**
     * @param base the path that stands before {@code /accounts}
     */
    static Traffic balances(String base, Accounts accounts, Draw draw) {
        return new Questions(
                accounts,
                draw,
                i -> request(HttpMethod.GET, base + "/accounts/" + accounts.id(i) + "/balance", null, i));
    }

    static Traffic preflights(Accounts accounts, Draw draw) {
        return new Questions(
                accounts,
                draw,
                i -> request(
                        HttpMethod.POST,
                        "/v1/preflights",
                        Buffer.buffer("{\"account_id\":\"" + accounts.id(i)
                                + "\",\"credits\":40,\"project_id\":\"checkout\",\"test_id\":\"guest-can-pay\"}"),
                        i));
    }

    private static Request request(HttpMethod method, String path, @Nullable Buffer body, int account) {
        return new Request(method, path, null, body, account);
    }

    @Override
    public Request next() {
        return requests[draw.next()];
    }

    @Override
    public int confirmed(Request request, int status, Buffer answer) {
        return status == 200 ? 1 : UNEXPECTED;
    }
}
