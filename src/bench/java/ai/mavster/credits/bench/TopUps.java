package ai.mavster.credits.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/** One top-up for each account. */
record TopUps(Accounts accounts, Draw draw) implements Traffic {

    private static final Buffer BODY = Buffer.buffer("{\"credits\":" + AccountStore.CREDITS + "}");

    static Traffic of(Accounts accounts) {
        return new TopUps(accounts, Draw.inOrder(accounts.size()));
    }

    @Override
    public Request next() {
        int account = draw.next();
        return new Request(
                HttpMethod.POST, "/v1/accounts/" + accounts.id(account) + "/top-ups", "top-up", BODY, account);
    }

    @Override
    public int confirmed(Request request, int status, Buffer answer) {
        return status == 201 ? 1 : UNEXPECTED;
    }
}
