package ai.mavster.credits.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/** The proof of each account, which has to hold. */
record Proofs(Accounts accounts, Draw draw) implements Traffic {

    static Traffic of(Accounts accounts) {
        return new Proofs(accounts, Draw.inOrder(accounts.size()));
    }

    @Override
    public Request next() {
        int account = draw.next();
        return new Request(HttpMethod.GET, "/v1/accounts/" + accounts.id(account) + "/proof", null, null, account);
    }

    @Override
    public int confirmed(Request request, int status, Buffer answer) {
        String text = answer.toString();
        return status == 200 && text.contains("\"balanced\":true") && text.contains("\"chain_intact\":true")
                ? 1
                : UNEXPECTED;
    }
}
