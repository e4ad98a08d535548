package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import ai.mavster.credits.http.Csv;
import ai.mavster.credits.http.reading.CsvStreams;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** All postings that match, in order, a range of them in each transaction. Postings are never changed. */
final class PostingPages implements CsvStreams.Pages {

    static final List<String> HEADER = List.of(
            "id",
            "kind",
            "credits",
            "requested",
            "balance_after",
            "owed_after",
            "action",
            "quantity",
            "workspace_id",
            "project_id",
            "test_id",
            "run_id",
            "reverses",
            "reference",
            "note",
            "metadata",
            "amount",
            "currency",
            "author_type",
            "author_id",
            "author_name",
            "idempotency_key",
            "occurred_at");

    /** For the contract. */
    static final String EXAMPLE = """
            id,kind,credits,requested,balance_after,owed_after,action,quantity,workspace_id,project_id,test_id,run_id,reverses,reference,note,\
            metadata,amount,currency,author_type,author_id,author_name,idempotency_key,occurred_at\r
            debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b,debit,-12.5,12.5,2987.5,0,visual-assert,1,,checkout,guest-can-pay,run-1,,,,\
            "{""branch"":""main""}",,,api_key,key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b,runners,run-1-step-1,2026-11-21T18:39:00Z\r
            """;

    private final PostingRepository postings;
    private final String accountId;
    private final PostingFilter filter;
    private PostingRepository.Range left;

    PostingPages(PostingRepository postings, String accountId, PostingFilter filter, PostingRepository.Range all) {
        this.postings = postings;
        this.accountId = accountId;
        this.filter = filter;
        this.left = all;
    }

    @Override
    public boolean write(Csv csv) {
        return QuarkusTransaction.requiringNew().call(() -> {
            PostingRepository.Part part = postings.page(accountId, filter, left, PostingRepository.SEARCHED);
            part.postings().forEach(posting -> write(csv, PostingAnswer.of(posting)));
            UUID last = part.searchedTo();
            if (last == null && part.postings().size() == PostingRepository.SEARCHED) {
                last = part.postings().get(part.postings().size() - 1).posting().postingId;
            }
            if (last == null) {
                return false;
            }
            left = left.from(last);
            return true;
        });
    }

    private static void write(Csv csv, PostingAnswer posting) {
        Metadata metadata = posting.metadata();
        Money amount = posting.amount();
        csv.row(Stream.of(
                posting.id(),
                posting.kind().id(),
                posting.credits(),
                posting.requested(),
                posting.balanceAfter(),
                posting.owedAfter(),
                posting.action(),
                posting.quantity(),
                posting.workspaceId(),
                posting.projectId(),
                posting.testId(),
                posting.runId(),
                posting.reverses(),
                posting.reference(),
                posting.note(),
                metadata == null ? null : metadata.json(),
                amount == null ? null : amount.value(),
                amount == null ? null : amount.currency(),
                posting.author().type().id(),
                posting.author().id(),
                posting.author().name(),
                posting.idempotencyKey(),
                posting.occurredAt()));
    }
}
