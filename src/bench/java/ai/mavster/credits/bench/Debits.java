package ai.mavster.credits.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/** Debits of half a credit, one a request, each with a key of its own. */
final class Debits implements Traffic {

    static final long MILLIONTHS_EACH = 500_000;

    static final String BODY =
            "{\"credits\":0.5,\"action\":\"visual-assert\",\"run_id\":\"run-17\",\"project_id\":\"checkout\",\"test_id\":\"guest-can-pay\"}";

    /** Of a workspace too, as those may have budgets. */
    static final String BODY_WITH_WORKSPACE = "{\"workspace_id\":\"qa\"," + BODY.substring(1);

    private final String[] paths;
    private final Accounts accounts;
    private final Draw draw;
    private final boolean ofRival;
    private final Buffer body;

    /**
     * @param base the path that stands before {@code /accounts}; a rival, which is behind another than the service's,
     *     may turn callers away while it is busy: it has that many threads for that few connections
     */
    Debits(String base, Accounts accounts, Draw draw) {
        this(base, accounts, draw, BODY);
    }

    Debits(String base, Accounts accounts, Draw draw, String body) {
        this.body = Buffer.buffer(body);
        this.accounts = accounts;
        this.draw = draw;
        this.ofRival = !base.equals("/v1");
        this.paths = new String[accounts.size()];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = base + "/accounts/" + accounts.id(i) + "/debits";
        }
    }

    @Override
    public Request next() {
        int account = draw.next();
        return new Request(HttpMethod.POST, paths[account], accounts.nextKey(), body, account);
    }

    @Override
    public int confirmed(Request request, int status, Buffer answer) {
        if (status == 503 && ofRival) {
            return 0;
        }
        if (status != 201) {
            return UNEXPECTED;
        }
        accounts.confirm(request.accounts()[0]);
        return 1;
    }
}
