package ai.mavster.credits.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;

/** Debits of half a credit, two hundred a request. */
final class BulkDebits implements Traffic {

    static final int SIZE = 200;

    private static final byte[] CREATED = "\"status\":201".getBytes(StandardCharsets.US_ASCII);

    private final Accounts accounts;
    private final Draw draw;

    BulkDebits(Accounts accounts, Draw draw) {
        this.accounts = accounts;
        this.draw = draw;
    }

    @Override
    public Request next() {
        int[] chosen = new int[SIZE];
        StringBuilder body = new StringBuilder(SIZE * 200).append("{\"debits\":[");
        for (int i = 0; i < SIZE; i++) {
            chosen[i] = draw.next();
            body.append(i == 0 ? "{\"account_id\":\"" : ",{\"account_id\":\"")
                    .append(accounts.id(chosen[i]))
                    .append("\",\"idempotency_key\":\"")
                    .append(accounts.nextKey())
                    .append("\",")
                    .append(Debits.BODY, 1, Debits.BODY.length());
        }
        return new Request(
                HttpMethod.POST,
                "/v1/debits",
                null,
                Buffer.buffer(body.append("]}").toString()),
                chosen);
    }

    /** All or it is a failure: nothing here gives the service a reason to refuse one. */
    @Override
    public int confirmed(Request request, int status, Buffer answer) {
        if (status != 200 || count(answer.getBytes()) != SIZE) {
            return UNEXPECTED;
        }
        for (int account : request.accounts()) {
            accounts.confirm(account);
        }
        return SIZE;
    }

    private static int count(byte[] answer) {
        int found = 0;
        for (int i = 0; i <= answer.length - CREATED.length; i++) {
            int matched = 0;
            while (matched < CREATED.length && answer[i + matched] == CREATED[matched]) {
                matched++;
            }
            if (matched == CREATED.length) {
                found++;
                i += matched - 1;
            }
        }
        return found;
    }
}
